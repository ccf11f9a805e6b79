package dev.heddle.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import dev.heddle.cli.Children;
import dev.heddle.cli.Main;
import dev.heddle.cli.live.LiveTarget;
import dev.heddle.iter.Iter;
import dev.heddle.subprocess.Command;
import dev.heddle.subprocess.RunningProcess;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** {@code heddle top} in a process of its own, as it runs until it is ended. */
@Timeout(300)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the children are ended by signals")
final class TopCommandTest {

  static RunningProcess top(String... args) throws Exception {
    List<String> command = new ArrayList<>(Children.java(Main.class.getName(), "top", "--timeout", "100"));
    command.addAll(command.indexOf("-cp"), List.of("--add-exports", "jdk.attach/sun.tools.attach=ALL-UNNAMED"));
    command.addAll(List.of(args));
    return Command.of(command).start();
  }

  private static JsonObject named(JsonArray objects, String kind) {
    for (Object each : objects) {
      if (((JsonObject) each).getString("kind").equals(kind)) {
        return (JsonObject) each;
      }
    }
    throw new AssertionError("no " + kind + " in " + objects);
  }

  private static JsonArray partsOfShop(String line) throws Exception {
    for (Object each : JsonParser.object().from(line).getArray("objects")) {
      if (((JsonObject) each).getString("name").equals("shop")) {
        return ((JsonObject) each).getArray("children");
      }
    }
    throw new AssertionError("no pool in " + line);
  }

  private static long pidOfWorker(String line) throws Exception {
    for (Object each : partsOfShop(line)) {
      JsonObject part = (JsonObject) each;
      if (part.getString("kind").equals("worker")) {
        return part.getObject("figures").getLong("pid");
      }
    }
    return -1;
  }

  @Test
  void worker_thatIsKilledMeanwhile_isSeenGoingAndComingBack() throws Exception {
    try (LiveTarget target = LiveTarget.start("pools");
        RunningProcess top = top("--json", "--delay", "0.5", target.pid());
        Iter<String> lines = top.lines()) {
      long killed = pidOfWorker(lines.next());
      assertThat(ProcessHandle.of(killed).orElseThrow().destroyForcibly()).isTrue();
      String line = lines.next();
      while (pidOfWorker(line) == killed || pidOfWorker(line) == -1) { // bounded by the timeout of the class
        line = lines.next();
      }
      assertThat(named(partsOfShop(line), "exits").getObject("figures").getInt("crashed")).isEqualTo(1);
    }
  }

  @Test
  void page_isForTheHolderOfItsTokenOnThisMachineOnly() throws Exception {
    try (LiveTarget target = LiveTarget.start("pools");
        RunningProcess top = top("--web", target.pid());
        Iter<String> lines = top.lines();
        HttpClient client = HttpClient.newHttpClient()) {
      URI page = URI.create(lines.next());
      assertThat(page.getHost()).isEqualTo("127.0.0.1");
      HttpResponse<String> shown = client.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(shown.statusCode()).isEqualTo(200);
      assertThat(shown.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(shown.body()).contains("<title>heddle top</title>");
      URI frame = URI.create(page.toString().replace("/?", "/frame?columns=60&filter=crunch&"));
      String json = client.send(HttpRequest.newBuilder(frame).build(), HttpResponse.BodyHandlers.ofString()).body();
      assertThat(JsonParser.object().from(json).getArray("lines").toString()).contains("crunch").doesNotContain("shop");

      URI wrong = URI.create(frame.toString().replaceAll("token=..", "token=zz"));
      assertThat(client.send(HttpRequest.newBuilder(wrong).build(), HttpResponse.BodyHandlers.discarding()).statusCode())
          .isEqualTo(403);
      HttpRequest post = HttpRequest.newBuilder(page).POST(HttpRequest.BodyPublishers.noBody()).build();
      assertThat(client.send(post, HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(405);
      assertThat(statusFor("evil.example:" + page.getPort(), page)).isEqualTo("403");
      assertThat(statusFor("localhost:" + page.getPort(), page)).isEqualTo("200");
    }
  }

  /** The client of the JDK does not send a Host of one's own. */
  private static String statusFor(String host, URI page) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.getPort());
        OutputStream out = socket.getOutputStream();
        InputStream in = socket.getInputStream()) {
      String request = "GET " + page.getRawPath() + "?" + page.getRawQuery() + " HTTP/1.1\r\nHost: " + host
          + "\r\nConnection: close\r\n\r\n";
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).split(" ")[1];
    }
  }
}
