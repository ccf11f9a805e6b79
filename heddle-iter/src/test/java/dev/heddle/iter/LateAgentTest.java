package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.base.Check;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** An agent that comes when bodies have been compiled already, and changes the constants of all lambdas, as docs/generators.md says. */
@Timeout(240)
@Execution(ExecutionMode.CONCURRENT)
class LateAgentTest {
  private static final String MAIN = """
      import com.sun.tools.attach.VirtualMachine;
      import dev.heddle.iter.*;
      import java.util.*;
      public class Main {
        static GeneratorBody<Integer> early() {
          return y -> {
            y.yield(1);
            y.yield(2);
          };
        }
        static GeneratorBody<Integer> late() {
          return y -> {
            y.yield(1);
            y.yield(2);
          };
        }
        static void show(String name, GeneratorBody<Integer> body) {
          List<Integer> pulled = new ArrayList<>();
          for (Integer each : Generator.of(body)) {
            pulled.add(each);
          }
          System.out.println(name + " pulled " + pulled + " pushed " + Generator.of(body).toList() + " "
              + Generator.engineOf(body));
        }
        public static void main(String[] args) throws Exception {
          show("before", early());
          Generator<Integer> begun = Generator.of(early());
          begun.next();
          VirtualMachine self = VirtualMachine.attach(Long.toString(ProcessHandle.current().pid()));
          self.loadAgent(args[0], "lambda");
          self.detach();
          System.out.println("begun goes on with " + begun.next());
          show("late", late());
          show("early", early());
        }
      }
      """;

  private static String run(Path folder) throws IOException, InterruptedException {
    Path source = Files.writeString(folder.resolve("Main.java"), MAIN);
    String heddle = AgentJvm.location(Generator.class) + File.pathSeparator + AgentJvm.location(Check.class);
    int status = ToolProvider.findFirst("javac").orElseThrow()
        .run(System.out, System.err, "-proc:none", "-cp", heddle, "-d", folder.toString(), source.toString());
    assertThat(status).isZero();
    return AgentJvm.run(
        folder, List.of("-Djdk.attach.allowAttachSelf=true", "-XX:+EnableDynamicAgentLoading"),
        folder + File.pathSeparator + heddle, "Main", AgentJvm.weaverJar(folder).toString());
  }

  @Test
  void agent_attachedLate_bodiesCompiledAfterwardsFallBack(@TempDir Path folder) throws Exception {
    List<String> printed = run(folder).lines().toList();
    assertThat(printed).anySatisfy(
        line -> assertThat(line).startsWith("before pulled [1, 2] pushed [1, 2] COMPILED"));
    assertThat(printed).contains("begun goes on with 2");
    assertThat(printed).anySatisfy(
        line -> assertThat(line).startsWith("late pulled [1, 3] pushed [1, 3] VIRTUAL_THREAD").contains("attached while"));
    assertThat(printed).anySatisfy(
        line -> assertThat(line).startsWith("early pulled [1, 3] pushed [1, 3] VIRTUAL_THREAD").contains("attached while"));
  }
}
