package dev.heddle.iter.languages;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Bodies written in Groovy and in Scala; runs in the profile {@code compilers}, which has their compilers. */
@Timeout(300)
@EnabledIf("dev.heddle.iter.languages.ForeignCompiler#hasGroovyAndScala")
class GroovyAndScalaBodiesTest {
  private static final String GROOVY = """
      import dev.heddle.iter.*
      import groovy.transform.CompileStatic

      @CompileStatic
      class Bodies {
        private int n = 2
        private Object secret(Object x) { "<" + x + ">" }
        private void own(Yielder<Object> y) { for (int i = 0; i < n; i++) { y.yield(i) } }
        GeneratorBody<Object> members() {
          GeneratorBody<Object> b = (Yielder<Object> y) -> { for (int i = 0; i < n; i++) { y.yield(secret(i)) } }
          b
        }
        GeneratorBody<Object> reference() { GeneratorBody<Object> b = this::own; b }
        static void helper(Yielder<Object> y) { y.yield(7); y.yield(8) }
        static int risky(int i) { if (i > 1) throw new IllegalStateException(); i }
        static class Obj implements GeneratorBody<Object> { void run(Yielder<Object> y) { y.yield(1); y.yield(2L); y.yield(2.5d) } }
        static Map<String, GeneratorBody<Object>> bodies() {
          Map<String, GeneratorBody<Object>> all = new LinkedHashMap<>()
          GeneratorBody<Object> lambda = (Yielder<Object> y) -> { for (int i = 0; i < 3; i++) { y.yield(i) } }
          all.put("lambda [0, 1, 2]", lambda)
          all.put("private members [<0>, <1>]", new Bodies().members())
          all.put("fallback: reference to a private method [0, 1]", new Bodies().reference())
          GeneratorBody<Object> shared = Bodies::helper
          all.put("fallback: reference to a static method [7, 8]", shared)
          all.put("class [1, 2, 2.5]", new Obj())
          GeneratorBody<Object> fin = (Yielder<Object> y) -> { try { y.yield(1) } finally { y.yield("f") } }
          all.put("finally [1, f]", fin)
          GeneratorBody<Object> tries = (Yielder<Object> y) -> {
            for (int i = 0; i < 3; i++) { int v; try { v = risky(i) } catch (IllegalStateException e) { v = -1 }; y.yield(v) }
          }
          all.put("try [0, 1, -1]", tries)
          GeneratorBody<Object> from = (Yielder<Object> y) -> { y.yieldFrom([1, 2]); y.yield("x${3}".toString()) }
          all.put("yieldFrom [1, 2, x3]", from)
          int base = 5
          GeneratorBody<Object> captured = (Yielder<Object> y) -> { y.yield(base + 1) }
          all.put("captured [6]", captured)
          GeneratorBody<Object> closure = { Yielder<Object> y -> y.yield(1); y.yield(2) }
          all.put("fallback: closure [1, 2]", closure)
          GeneratorBody<Object> each = (Yielder<Object> y) -> { [1, 2].each { y.yield(it) } }
          all.put("fallback: captured by a closure [1, 2]", each)
          all.put("fallback: dynamic code [1, 2]", Dynamic.body())
          return all
        }
      }
      class Dynamic {
        static GeneratorBody<Object> body() {
          new GeneratorBody<Object>() { void run(Yielder<Object> y) { y.yield(1); y.yield(2) } }
        }
      }
      """;

  private static final String SCALA = """
      import dev.heddle.iter.*
      import java.util.{LinkedHashMap, List as JList, Map as JMap}

      class Holder(n: Int) {
        private def secret(x: Any): Any = s"<$x>"
        private def own(y: Yielder[Object]): Unit = { var i = 0; while (i < n) { y.`yield`(Integer.valueOf(i)); i += 1 } }
        def members: GeneratorBody[Object] = y => { var i = 0; while (i < n) { y.`yield`(secret(i).asInstanceOf[Object]); i += 1 } }
        def reference: GeneratorBody[Object] = own(_)
      }
      class Obj extends GeneratorBody[Object] { override def run(y: Yielder[Object]): Unit = { y.`yield`("a"); y.`yield`("b") } }
      case class Two(a: Int, b: Int)
      object Bodies {
        def helper(y: Yielder[Object]): Unit = { y.`yield`("7"); y.`yield`("8") }
        def risky(i: Int): Int = if (i > 1) throw new IllegalStateException() else i
        def bodies(): JMap[String, GeneratorBody[Object]] = {
          val all = new LinkedHashMap[String, GeneratorBody[Object]]()
          all.put("lambda [0, 1, 2]", y => { var i = 0; while (i < 3) { y.`yield`(Integer.valueOf(i)); i += 1 } })
          all.put("private members [<0>, <1>]", Holder(2).members)
          all.put("private method [0, 1]", Holder(2).reference)
          all.put("fallback: method of an object [7, 8]", helper(_))
          all.put("class [a, b]", Obj())
          all.put("finally [1, f]", y => try y.`yield`("1") finally y.`yield`("f"))
          all.put("try as an argument [0, 1, -1]", y => {
            var i = 0
            while (i < 3) { y.`yield`(Integer.valueOf(try risky(i) catch { case _: IllegalStateException => -1 })); i += 1 }
          })
          all.put("patterns [n1, Two(1,2), other]", y => {
            val os = Array[Any](1, Two(1, 2), "x")
            var i = 0
            while (i < 3) {
              y.`yield`(os(i) match { case n: Int if n > 0 => s"n$n"; case t @ Two(_, _) => t; case _ => "other" })
              i += 1
            }
          })
          all.put("yieldFrom [1, 2, x3]", y => { y.yieldFrom(JList.of("1", "2")); val k = 3; y.`yield`(s"x$k") })
          val base = 5
          all.put("captured [6]", y => y.`yield`(Integer.valueOf(base + 1)))
          all.put("alias [1, 2]", y => { val z = y; z.`yield`("1"); z.`yield`("2") })
          all.put("implicit box [1, 2]", y => { y.`yield`(1.asInstanceOf[Object]); y.`yield`(2L.asInstanceOf[Object]) })
          all.put("fallback: captured by foreach [1, 2]", y => List("1", "2").foreach(x => y.`yield`(x)))
          all
        }
      }
      """;

  @TestFactory
  Stream<DynamicTest> groovyBody_yieldsWhatItSays(@TempDir Path folder) throws IOException, ReflectiveOperationException {
    return ForeignBodies.tests(ForeignCompiler.groovy(folder, GROOVY).loadClass("Bodies"));
  }

  @TestFactory
  Stream<DynamicTest> scalaBody_yieldsWhatItSays(@TempDir Path folder) throws IOException, ReflectiveOperationException {
    return ForeignBodies.tests(ForeignCompiler.scala(folder, SCALA).loadClass("Bodies"));
  }
}
