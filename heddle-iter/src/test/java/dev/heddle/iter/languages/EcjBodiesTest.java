package dev.heddle.iter.languages;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bodies compiled by the compiler of Eclipse, whose code differs from javac's. */
@Timeout(300)
class EcjBodiesTest {
  private static final String SOURCE = """
      import dev.heddle.iter.*;
      import java.util.*;
      import java.util.function.*;

      public class Bodies {
        private int n = 2;
        private void own(Yielder<Object> y) { for (int i = 0; i < n; i++) y.yield(i); }
        private static void shared(Yielder<Object> y) { y.yield("s"); }
        private static int risky(int i) { if (i > 1) throw new IllegalStateException(); return i; }
        GeneratorBody<Object> reference() { return this::own; }
        GeneratorBody<Object> call() { return y -> own(y); }
        record Two(Object a, Object b) {}
        private static class Pair { final Object a; final Object b; private Pair(Object a, Object b) { this.a = a; this.b = b; }
          public String toString() { return a + "-" + b; } }
        interface Given { default void go(Yielder<Object> y) { y.yield("given"); } }
        static class Child implements Given { void sup() {} GeneratorBody<Object> ref() { return Given.super::go; } }

        public static Map<String, GeneratorBody<Object>> bodies() {
          Map<String, GeneratorBody<Object>> all = new LinkedHashMap<>();
          all.put("lambda [0, 1, 2]", y -> { for (int i = 0; i < 3; i++) y.yield(i); });
          all.put("reference to a private method [0, 1]", new Bodies().reference());
          all.put("call of a private method [0, 1]", new Bodies().call());
          all.put("reference to a private static method [s]", Bodies::shared);
          all.put("call of a private static method [s]", y -> shared(y));
          all.put("super of an interface [given]", new Child().ref());
          all.put("finally [1, f]", y -> { try { y.yield(1); } finally { y.yield("f"); } });
          all.put("switch with try [0, 1, -1]", y -> {
            for (int i = 0; i < 3; i++) {
              y.yield(switch (i) { case 9 -> 9; default -> { try { yield risky(i); } catch (IllegalStateException e) { yield -1; } } });
            }
          });
          all.put("patterns [n1, Two[a=1, b=2], other]", y -> {
            for (Object o : List.of(1, new Two(1, 2), "x")) {
              y.yield(switch (o) { case Integer i when i > 0 -> "n" + i; case Two(var a, var b) -> new Two(a, b); default -> "other"; });
            }
          });
          all.put("private constructor [1-2]", y -> y.yield("" + new Pair(1, 2)));
          all.put("requireNonNull [1, 2]", y -> { Objects.requireNonNull(y).yield(1); Yielder<Object> z = Objects.requireNonNull(y, "y"); z.yield(2); });
          all.put("assert [1]", y -> { assert y != null : "null"; y.yield(1); });
          all.put("resources [open, 1, closed]", y -> {
            List<Object> log = new ArrayList<>();
            try (AutoCloseable c = () -> log.add("closed")) { y.yield("open"); y.yield(1); }
            y.yieldFrom(log);
          });
          all.put("nested generator [1, 2]", y -> { for (Object o : Generator.<Object>of(z -> { z.yield(1); z.yield(2); })) y.yield(o); });
          all.put("fallback: captured [1]", y -> { Consumer<Object> c = y::yield; c.accept(1); });
          return all;
        }
      }
      """;

  @TestFactory
  Stream<DynamicTest> body_yieldsWhatItSays(@TempDir Path folder) throws IOException, ReflectiveOperationException {
    return ForeignBodies.tests(ForeignCompiler.ecj(folder, "Bodies", SOURCE).loadClass("Bodies"));
  }
}
