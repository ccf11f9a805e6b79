package dev.heddle.benchmarks.generators;

import dev.heddle.iter.Generator;
import dev.heddle.iter.GeneratorBody;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The time from a body that was never used to its first element.
 *
 * <p>Each iteration defines the same class in a class loader of its own, so its lambda is a call site that was never used:
 * it is linked, its body found, analysed, compiled and defined, all within the figure. A run that measures the first
 * iteration only is a cold start, to which also the loading of the compiler itself belongs; behind hundreds of others it is
 * the figure of a program that has been running for a while.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class FirstUse {
  private Supplier<GeneratorBody<Integer>> fresh = new FreshBody();

  /** Defines the class anew. */
  @Setup(Level.Iteration)
  @SuppressWarnings("unchecked") // the class is known
  public void define() throws IOException, ReflectiveOperationException {
    fresh = (Supplier<GeneratorBody<Integer>>) new Fresh(FreshBody.class).define().getConstructor().newInstance();
  }

  @Benchmark
  public Integer firstElement() {
    return Generator.of(body()).next();
  }

  GeneratorBody<Integer> body() {
    return fresh.get();
  }

  /** A loader with a class of its own of that name; its bytes are served by the parent. */
  private static final class Fresh extends ClassLoader {
    private final Class<?> template;

    Fresh(Class<?> template) {
      super(template.getClassLoader());
      this.template = template;
    }

    Class<?> define() throws IOException {
      String resource = template.getSimpleName() + ".class";
      try (InputStream in = Objects.requireNonNull(template.getResourceAsStream(resource), resource)) {
        byte[] code = in.readAllBytes();
        return defineClass(template.getName(), code, 0, code.length);
      }
    }
  }
}
