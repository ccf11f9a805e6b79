package dev.heddle.cli.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A headless Chromium with one page, driven by the DevTools protocol. For one thread; each method waits until the browser
 * has done what was asked, at most 30 seconds.
 */
public final class Browser implements AutoCloseable {
  private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
  private static final String LISTENING = "DevTools listening on ";

  private final Process process;
  private final DevTools tools;
  private final String session;

  private Browser(Process process, URI address) {
    this.process = process;
    this.tools = DevTools.connect(address);
    Object target = tools.call("Target.createTarget", Map.of("url", "about:blank"), null).get("targetId");
    JsonObject attached = tools.call("Target.attachToTarget", Map.of("targetId", target, "flatten", true), null);
    this.session = attached.getString("sessionId");
    call("Page.enable", Map.of());
    call("Runtime.enable", Map.of());
  }

  /** Starts a browser with a profile in the given folder; skips the test where there is none. */
  public static Browser start(Path profile) throws IOException {
    Path program = program();
    assumeTrue(program != null, "skipped: no Chromium on the PATH (on Debian: apt-get install chromium)");
    List<String> command = List.of(program.toString(), "--headless=new", "--no-sandbox", "--disable-gpu",
        "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--remote-debugging-port=0", "--user-data-dir=" + profile,
        "--window-size=1280,900", "about:blank");
    Process started = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    try {
      return new Browser(started, address(started));
    } catch (RuntimeException | IOException e) {
      end(started);
      throw e;
    }
  }

  private static @Nullable Path program() {
    String path = System.getenv().getOrDefault("PATH", "");
    return NAMES.stream().flatMap(name -> Arrays.stream(path.split(":")).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable).findFirst().orElse(null);
  }

  private static URI address(Process started) throws IOException {
    List<String> said = new ArrayList<>();
    BufferedReader errors = started.errorReader();
    for (String line = errors.readLine(); line != null; line = errors.readLine()) {
      if (line.startsWith(LISTENING)) {
        Thread.ofVirtual().start(() -> errors.lines().forEach(_ -> {})); // or the browser would block when the pipe is full
        return URI.create(line.substring(LISTENING.length()).strip());
      }
      said.add(line);
    }
    throw new IOException("Chromium ended before it listened: " + said);
  }

  private JsonObject call(String method, Map<String, ?> parameters) {
    return tools.call(method, parameters, session);
  }

  // ---- the page ----

  /** Opens a file and waits until a condition of its script holds. */
  public void open(Path file, String until) {
    open(file.toUri(), until);
  }

  /** Opens a page and waits until a condition of its script holds. */
  public void open(URI page, String until) {
    tools.forget();
    call("Page.navigate", Map.of("url", page.toString()));
    await("location.href === " + JsonWriter.string(page.toString()) + " && (" + until + ")");
  }

  /** Waits until an expression is true. */
  public void await(String expression) {
    evaluate("new Promise((done, failed) => { let left = 1500; const look = () => { try { if (" + expression
        + ") return done(1); } catch (e) { if (!left) return failed(e); } if (!left--) failed('not true: ' + "
        + JsonWriter.string(expression) + "); else setTimeout(look, 10); }; look(); })");
  }

  /** Evaluates an expression of JavaScript, and awaits it if it is a promise; returns its value by JSON. */
  @Nullable
  public Object evaluate(String expression) {
    JsonObject answer = call("Runtime.evaluate",
        Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(expression + " failed: " + JsonWriter.string(answer.getObject("exceptionDetails")));
    }
    return answer.getObject("result").get("value");
  }

  public String text(String expression) {
    return String.valueOf(evaluate(expression));
  }

  public double number(String expression) {
    return evaluate(expression) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  /** Waits until what was asked has been drawn. */
  public void drawn() {
    evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))");
  }

  /** Returns the errors and warnings that the page has reported since it was opened. */
  public List<String> problems() {
    return tools.problems();
  }

  // ---- its window ----

  public void size(int width, int height, boolean phone) {
    call("Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", phone ? 2 : 1, "mobile", phone));
    drawn();
  }

  public void scheme(String name) {
    call("Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", name))));
    drawn();
  }

  public void picture(Path file) throws IOException {
    String data = call("Page.captureScreenshot", Map.of("format", "png")).getString("data");
    Files.write(file, Base64.getDecoder().decode(data));
  }

  // ---- mouse and keys ----

  public void mouse(String type, double x, double y) {
    boolean pressed = !type.equals("mouseMoved");
    call("Input.dispatchMouseEvent", Map.of("type", type, "x", x, "y", y, "button", pressed ? "left" : "none", "clickCount",
        pressed ? 1 : 0));
  }

  /** Moves the mouse with its button down. */
  public void drag(double fromX, double toX, double y) {
    mouse("mousePressed", fromX, y);
    for (int i = 1; i <= 5; i++) {
      call("Input.dispatchMouseEvent", Map.of("type", "mouseMoved", "x", fromX + (toX - fromX) * i / 5, "y", y, "button",
          "left", "buttons", 1));
    }
    mouse("mouseReleased", toX, y);
    drawn();
  }

  public void click(double x, double y) {
    mouse("mousePressed", x, y);
    mouse("mouseReleased", x, y);
    drawn();
  }

  public void wheel(double x, double y, double by) {
    call("Input.dispatchMouseEvent", Map.of("type", "mouseWheel", "x", x, "y", y, "deltaX", 0, "deltaY", by));
    drawn();
  }

  public void key(String key) {
    boolean character = key.length() == 1;
    for (String type : List.of("keyDown", "keyUp")) {
      call("Input.dispatchKeyEvent", character
          ? Map.of("type", type, "key", key, "text", type.equals("keyDown") ? key : "")
          : Map.of("type", type, "key", key));
    }
    drawn();
  }

  // ---- its end ----

  @Override
  public void close() throws IOException {
    tools.close();
    end(process);
  }

  /** Ends the browser with its children; they write to the profile until they have ended. */
  private static void end(Process process) throws IOException {
    try (Stream<ProcessHandle> children = process.descendants()) {
      List<ProcessHandle> all = children.toList();
      process.destroy();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      all.forEach(ProcessHandle::destroyForcibly);
      for (ProcessHandle each : all) {
        each.onExit().orTimeout(10, TimeUnit.SECONDS).join();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
