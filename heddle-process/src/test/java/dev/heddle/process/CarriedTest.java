package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.Executor;
import dev.heddle.futures.TaskCallable;
import dev.heddle.futures.ThreadPool;
import dev.heddle.testkit.Bounded;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SimpleTimeZone;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

/** That tasks find the same configuration in a worker as on a thread: the same probes on both, in a program with many options. */
@Bounded(seconds = 120)
class CarriedTest {
  private static final List<String> OPTIONS = List.of(
      "-Duser.timezone=Pacific/Auckland", "-Duser.language=de", "-Duser.country=AT", "-Dapp.mode=prod",
      "-Dapp.quoted=a \"b\" \\ c",
      "-ea", "-Xss8m", "--add-opens", "java.base/java.lang=ALL-UNNAMED", "--add-modules=jdk.httpserver", "--enable-preview",
      "-Dfile.encoding=ISO-8859-1", "--enable-native-access=ALL-UNNAMED", "-Dhttp.proxyHost=proxy.example",
      "-Djava.util.logging.config.file=no-such-file", "-Djava.awt.headless=true", "-Djava.library.path=/opt/lib",
      "-Xmx300m");

  /** A program that asks a thread and a worker for the same. */
  static final class Probes {
    private static final Map<String, TaskCallable<String>> ALL = new LinkedHashMap<>();

    static {
      ALL.put("time zone", () -> TimeZone.getDefault().getID());
      ALL.put("locale", () -> Locale.getDefault() + " " + String.format("%.2f", 1.5));
      ALL.put("property", () -> System.getProperty("app.mode"));
      ALL.put("quoted property", () -> System.getProperty("app.quoted"));
      ALL.put("charset", () -> Charset.defaultCharset() + " " + System.getProperty("file.encoding"));
      ALL.put("assertions", () -> String.valueOf(Probes.class.desiredAssertionStatus()));
      ALL.put("opened", () -> {
        String.class.getDeclaredField("value").setAccessible(true);
        return "opened";
      });
      ALL.put("module", () -> String.valueOf(ModuleLayer.boot().findModule("jdk.httpserver").isPresent()));
      ALL.put("native access", () -> String.valueOf(Probes.class.getModule().isNativeAccessEnabled()));
      ALL.put("proxy", () -> System.getProperty("http.proxyHost"));
      ALL.put("logging", () -> System.getProperty("java.util.logging.config.file"));
      ALL.put("headless", () -> System.getProperty("java.awt.headless"));
      ALL.put("library path", () -> System.getProperty("java.library.path"));
      ALL.put("folder", () -> System.getProperty("user.dir") + " " + System.getProperty("java.io.tmpdir"));
      ALL.put("stack", () -> depth(0) > 40_000 ? "large" : "small");
    }

    @SuppressWarnings("InfiniteRecursion") // on purpose: it measures the stack
    private static int depth(int n) {
      try {
        return depth(n + 1);
      } catch (StackOverflowError e) {
        return n;
      }
    }

    public static void main(String[] args) {
      try (Executor threads = ThreadPool.of(1); ProcessExecutor processes = ProcessPool.of(1)) {
        ALL.forEach((name, probe) -> {
          String here = threads.submit(probe).result();
          String there = processes.submit(probe).result();
          System.out.println((here.equals(there) ? "same " : "DIFFERENT ") + name + ": " + here + " / " + there);
        });
        System.out.println("heap " + processes.submit(() -> Runtime.getRuntime().maxMemory() >> 20).result());
      }
    }
  }

  @Test
  void probes_onThreadsAndInWorkers_findTheSame() throws Exception {
    ProcessBuilder builder = Processes.program(OPTIONS, Probes.class).redirectErrorStream(true);
    builder.environment().put("JAVA_TOOL_OPTIONS",
        "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0 -Da.b=c");
    Process program = builder.start();
    String told;
    try (var lines = program.inputReader()) {
      told = String.join("\n", lines.readAllLines());
    } finally {
      program.destroyForcibly();
    }
    assertThat(told).contains("same locale: de_AT 1,50", "same stack: large", "same logging", "heap ")
        .doesNotContain("DIFFERENT");
    assertThat(told.lines().filter(each -> each.startsWith("same "))).hasSize(15);
    assertThat(told.split("Listening for transport", -1)).as("debuggers").hasSize(2);
  }

  /** A program that has set its defaults in {@code main}. */
  static final class Defaults {
    private static String probe() {
      return String.join(" ", Locale.getDefault().toString(), Locale.getDefault(Locale.Category.DISPLAY).toLanguageTag(),
          Locale.getDefault(Locale.Category.FORMAT).toLanguageTag(), String.format("%.1f", 1.5),
          TimeZone.getDefault().getID(),
          String.valueOf(TimeZone.getDefault().getOffset(0)), System.getProperty("user.language"));
    }

    private static void compare(String name, ProcessOptions options) {
      try (Executor threads = ThreadPool.of(1); ProcessExecutor processes = ProcessPool.of(1, options)) {
        TaskCallable<String> probe = Defaults::probe;
        String here = threads.submit(probe).result();
        String there = processes.submit(probe).result();
        System.out.println(name + (here.equals(there) ? " same " : " DIFFERENT ") + here + " / " + there);
      }
    }

    public static void main(String[] args) {
      ProcessOptions options = ProcessOptions.defaults();
      compare("as started", options);
      Locale.setDefault(Locale.GERMANY);
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
      compare("set", options);
      compare("switched off", options.withJvm(jvm -> jvm.withoutCarried(Carried.LOCALE)));
      compare("chosen", options.withJvm(jvm -> jvm.withOptions("-Duser.timezone=Europe/Rome", "-Duser.language=it")));
      Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("fr-CA-u-nu-thai"));
      Locale.setDefault(Locale.Category.DISPLAY, Locale.of("ja", "JP", "JP"));
      TimeZone.setDefault(new SimpleTimeZone(12_345_000, "Made/Here"));
      compare("special", options);
    }
  }

  @Test
  void defaultLocaleAndZone_setByTheProgram_holdForWorkersStartedLater() throws Exception {
    Process program = Processes.program(List.of("-Duser.language=en", "-Duser.country=GB"), Defaults.class).start();
    String told;
    try (var lines = program.inputReader()) {
      told = String.join("\n", lines.readAllLines());
    } finally {
      program.destroyForcibly();
    }
    assertThat(told)
        .contains("as started same en_GB en-GB en-GB 1.5 ", "set same de_DE de-DE de-DE 1,5 Asia/Tokyo 32400000 en /",
            "special same de_DE ja-JP-u-ca-japanese-x-lvariant-JP fr-CA-u-nu-thai ", " Made/Here 12345000 en /")
        .containsPattern("switched off DIFFERENT .* / \\S+ \\S+ \\S+ 1.5 ")
        .containsPattern("chosen DIFFERENT .* / it_GB \\S+ \\S+ 1,5 Europe/Rome 3600000 it");
  }

  @Test
  void carried_switchedOff_isTheJvmsOwn() {
    System.setProperty("heddle.test.carried", "yes");
    try (ProcessExecutor with = ProcessPool.of(1);
        ProcessExecutor without = ProcessPool.of(
            1, ProcessOptions.defaults().withJvm(jvm -> jvm.withoutCarried(Carried.PROPERTIES)))) {
      TaskCallable<String> probe = () -> System.getProperty("heddle.test.carried", "no");
      assertThat(with.submit(probe).result()).isEqualTo("yes");
      assertThat(without.submit(probe).result()).isEqualTo("no");
    } finally {
      System.clearProperty("heddle.test.carried");
    }
  }
}
