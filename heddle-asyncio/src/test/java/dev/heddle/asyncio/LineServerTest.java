package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.asyncio.examples.LineServer;
import java.io.BufferedReader;
import java.io.IOException;
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
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGTERM to send")
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
    String program = "examples/LineServer.java";
    assertThat(ReadsDocs.page("asyncio.md")).contains(
        ReadsDocs.region(program, "answer"),
        ReadsDocs.region(program, "main").replace("print(", "System.out.println("),
        ReadsDocs.region("LineServerTest.java", "virtual"));
  }
}
