package dev.heddle.iter.languages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bodies written in Kotlin are compiled to state machines as those written in Java are. */
@Timeout(300)
class KotlinBodiesTest {
  private static final String SOURCE = """
      import dev.heddle.iter.*

      private fun secret(x: Any?) = "<$x>"

      class Holder(private val n: Int) {
        fun private_members(): GeneratorBody<Any> = GeneratorBody { y ->
          for (i in 0 until n) y.`yield`(secret(i))
          try { y.`yield`("t") } finally { y.`yield`("f") }
          y.yieldFrom(listOf("a", "b"))
        }
      }

      fun helper(y: Yielder<Any>) { y.`yield`(7); y.`yield`(8) }

      class Obj : GeneratorBody<Any> { override fun run(y: Yielder<Any>) { y.`yield`(1); y.`yield`(2) } }

      class NotSerializable(val v: Int)

      fun risky(i: Int): Int = if (i > 1) throw IllegalStateException("no") else i

      object Bodies {
        @JvmStatic fun bodies(): Map<String, GeneratorBody<*>> {
          val ns = NotSerializable(5)
          return mapOf(
            "lambda [3, 4, 5]" to GeneratorBody<Any> { y -> var i = 3; while (i < 6) { y.`yield`(i++) } },
            "private members [<0>, <1>, t, f, a, b]" to Holder(2).private_members(),
            "captured, not serializable [5]" to GeneratorBody<Any> { y -> y.`yield`(ns.v) },
            "function reference [7, 8]" to GeneratorBody<Any>(::helper),
            "call of a function [7, 8]" to GeneratorBody<Any> { y -> helper(y) },
            "object [1, 2]" to Obj(),
            "object expression [3]" to object : GeneratorBody<Any> { override fun run(y: Yielder<Any>) { y.`yield`(3) } },
            "when, let, forEach [1, 1, 1, 2]" to GeneratorBody<Any> { y ->
              val o: Any? = "s"
              y.`yield`(when (o) { is String -> o.length; else -> 0 })
              o?.let { y.`yield`(1) }
              listOf(1, 2).forEach { y.`yield`(it) }
            },
            "with, apply, also, run [1, 2, 3, 4]" to GeneratorBody<Any> { y ->
              with(y) { `yield`(1) }
              y.apply { `yield`(2) }
              y.also { it.`yield`(3) }
              y.run { `yield`(4) }
            },
            "alias [1, 2]" to GeneratorBody<Any> { y -> val z = y; z.`yield`(1); val w = z; w.`yield`(2); },
            "not null [1, 2, 3]" to GeneratorBody<Any> { y ->
              y!!.`yield`(1)
              y?.`yield`(2)
              requireNotNull(y).`yield`(3)
            },
            "try as an argument [0, 1, -1, -1]" to GeneratorBody<Any> { y ->
              for (i in 0..3) y.`yield`(try { risky(i) } catch (e: IllegalStateException) { -1 })
            },
            "bound reference, inlined [1, 2]" to GeneratorBody<Any> { y -> listOf(1, 2).forEach(y::`yield`) },
            "destructuring, default arguments [1a, 2b]" to GeneratorBody<Any> { y ->
              for ((n, s) in listOf(1 to "a", 2 to "b")) y.`yield`("$n$s")
            },
            "long and double [1, 2.5]" to GeneratorBody<Any> { y -> val l = 1L; val d = 2.5; y.`yield`(l); y.`yield`(d) },
            "fallback: captured by a lambda that is not inlined [1]" to GeneratorBody<Any> { y ->
              val f: () -> Unit = { y.`yield`(1) }
              f()
            },
          )
        }
      }
      """;

  @TestFactory
  Stream<DynamicTest> body_yieldsWhatItSays(@TempDir Path folder) throws IOException, ReflectiveOperationException {
    return ForeignBodies.tests(ForeignCompiler.kotlin(folder, SOURCE).loadClass("Bodies"));
  }

  @TestFactory
  Stream<DynamicTest> page_itsProgramsPrintWhatTheySay(@TempDir Path folder) throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    Matcher programs = Pattern.compile("```kotlin\n(.*?)```", Pattern.DOTALL).matcher(
        Files.readString(Path.of("..", "docs", "kotlin.md")));
    while (programs.find()) {
      String program = programs.group(1);
      Path own = Files.createDirectory(folder.resolve("program" + tests.size()));
      tests.add(DynamicTest.dynamicTest("program " + tests.size(), () -> runs(own, program)));
    }
    assertThat(tests).hasSize(3);
    return tests.stream();
  }

  private static void runs(Path folder, String program) throws IOException, ReflectiveOperationException {
    Method main = ForeignCompiler.kotlin(folder, program).loadClass("BodiesKt").getMethod("main");
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      main.invoke(null);
    } finally {
      System.setOut(console);
    }
    List<String> said = program.lines().filter(line -> line.contains(" // ")).map(line -> line.replaceAll(".* // ", ""))
        .toList();
    assertThat(printed.toString(StandardCharsets.UTF_8).lines()).containsAll(said);
  }

  @TestFactory
  Stream<DynamicTest> body_asAClassOfItsOwn_yieldsWhatItSays(@TempDir Path folder)
      throws IOException, ReflectiveOperationException {
    ClassLoader loader = ForeignCompiler.kotlin(folder, SOURCE, "-Xlambdas=class", "-Xsam-conversions=class");
    return ForeignBodies.tests(loader.loadClass("Bodies"));
  }
}
