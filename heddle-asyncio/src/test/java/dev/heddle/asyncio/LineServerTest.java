package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.asyncio.examples.LineServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The line server of the docs: in virtual time, as a program that is ended by SIGTERM, and as the docs show it. */
@org.junit.jupiter.api.Timeout(120)
class LineServerTest {

  @Test
  void handler_inVirtualTime() {
    // begin: virtual
    EventLoop.run(LoopOptions.simulated(1), a -> {
      StreamServer server = StreamServer.listen(ListenOptions.inMemory(), LineServer::answer);
      ByteStream client = server.connectInMemory();
      client.write("hello\n");
      assertThat(a.await(client.readLine())).isEqualTo("HELLO");
    });
    // end: virtual
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void sigterm_shutsDownInOrder_thePeerSeesTheEnd() throws Exception {
    TestCertificates certificates = TestCertificates.get();
    Process process = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"),
        LineServer.class.getName(), certificates.server.toString(), new String(TestCertificates.PASSWORD), "0")
        .redirectErrorStream(true).start();
    try (BufferedReader output = process.inputReader()) {
      String first = output.readLine();
      assertThat(first).startsWith("serving at ");
      int port = Integer.parseInt(first.replaceAll(".*:(\\d+)]", "$1"));
      @Nullable
      String last = EventLoop.run(
          a -> {
            TlsStream client = a.await(TlsStream.connect(certificates.clientOptions(), "localhost", port));
            client.write("hello\n");
            assertThat(a.await(client.readLine())).isEqualTo("HELLO");
            new ProcessBuilder("kill", "-TERM", Long.toString(process.pid())).start();
            String next = a.await(client.readLine()); // close_notify: not a truncated connection
            client.close();
            return next;
          });
      assertThat(last).isNull();
      assertThat(output.lines()).containsExactly("shut down");
      assertThat(process.waitFor()).isEqualTo(143);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void docs_showTheProgramThatIsTested() throws IOException {
    Path module = Path.of("").toAbsolutePath();
    String docs = Files.readString(module.resolveSibling("docs").resolve("asyncio.md"));
    Path tests = module.resolve("src/test/java/dev/heddle/asyncio");
    String program = Files.readString(tests.resolve("examples/LineServer.java"));
    assertThat(docs).contains(region(program, "answer"), region(program, "main").replace("print(", "System.out.println("));
    assertThat(docs).contains(region(Files.readString(tests.resolve("LineServerTest.java")), "virtual"));
  }

  /** The lines between two markers, without the comment before the code and the indentation of the first line. */
  private static String region(String source, String name) {
    int begin = source.indexOf("// begin: " + name + "\n") + name.length() + 11;
    String text = source.substring(begin, source.lastIndexOf("\n", source.indexOf("// end: " + name)));
    int indent = text.indexOf(text.strip().substring(0, 1));
    return text.replaceAll("(?m)^ {" + indent + "}", "").replaceAll("/\\*\\*.*\\*/\n", "").replace("@Nullable ", "").strip();
  }
}
