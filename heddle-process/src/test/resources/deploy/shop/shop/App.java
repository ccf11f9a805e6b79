package shop;

import dev.heddle.futures.Executor;
import dev.heddle.futures.TaskCallable;
import dev.heddle.futures.ThreadPool;
import dev.heddle.process.ProcessExecutor;
import dev.heddle.process.ProcessPool;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.ServiceLoader;
import shop.data.Parts;
import words.Word;
import words.Words;

/** Asks a thread and a worker for the same, and prints whether they say the same. */
public final class App {
  private record Answer(int number, String word) {}

  private static final Map<String, TaskCallable<?>> PROBES = new LinkedHashMap<>();

  static {
    PROBES.put("answer", () -> new Answer(6 * 7, Words.first()).toString());
    PROBES.put("resource", () -> text(App.class.getResourceAsStream("greeting.txt")));
    PROBES.put("address", () -> App.class.getResource("greeting.txt") + " " + text(App.class.getResource("greeting.txt").openStream()));
    PROBES.put("beside it", () -> text(new URL(App.class.getResource("greeting.txt"), "texts.properties").openStream()));
    PROBES.put("resources", App::resources);
    PROBES.put("services", () -> ServiceLoader.load(Word.class).stream().map(each -> each.get().say()).sorted().toList().toString());
    PROBES.put("bundle", () -> ResourceBundle.getBundle("shop.texts", Locale.GERMAN).getString("hello"));
    PROBES.put("code", () -> location(App.class));
    PROBES.put("library's code", () -> location(Words.class));
    PROBES.put("version", () -> Words.class.getPackage().getImplementationVersion());
    PROBES.put("module", () -> App.class.getModule().getName());
    PROBES.put("missing", () -> String.valueOf(App.class.getResource("no such")));
    PROBES.put("by name", () -> Class.forName("more.Loud", true, Thread.currentThread().getContextClassLoader()).getName());
    PROBES.put("property", () -> System.getProperty("shop.greeting", "none").codePoints().boxed().toList().toString());
    PROBES.put("opened", () -> String.valueOf(String.class.getModule().isOpen("java.lang", App.class.getModule())));
    PROBES.put("native", () -> String.valueOf(App.class.getModule().isNativeAccessEnabled()));
    PROBES.put("class file", () -> String.valueOf(Words.class.getResourceAsStream("Words.class").readAllBytes().length));
    PROBES.put("record", Parts.twice());
  }

  private static String location(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().toString();
  }

  private static String text(InputStream in) throws Exception {
    try (in) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  private static String resources() throws Exception {
    List<String> all = new ArrayList<>();
    for (URL each : Thread.currentThread().getContextClassLoader().resources("META-INF/words.txt").toList()) {
      all.add(each + " " + text(each.openStream()));
    }
    return all.toString();
  }

  private static int twice(int n) {
    return 2 * n;
  }

  /** Sends SIGINT to the process that runs this, as a terminal does at Ctrl-C, and looks whether it goes on. */
  private static String signalled() throws Exception {
    for (int i = 0; i < 10; i++) {
      new ProcessBuilder("kill", "-INT", String.valueOf(ProcessHandle.current().pid())).start().waitFor();
      Thread.sleep(20); // for the JVM to end, if it does
    }
    return "alive";
  }

  private static String ask(Executor executor, TaskCallable<?> probe) {
    try {
      return String.valueOf(executor.submit(probe).result());
    } catch (RuntimeException e) {
      return e + " " + e.getCause();
    }
  }

  private static void replace(Path file, Path other) {
    try {
      Thread.sleep(3_000); // a file that is as old as the program is not taken for a later one
      Files.setLastModifiedTime(other, FileTime.from(Instant.now()));
      Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public static void main(String[] args) {
    if (args.length == 2) {
      replace(Path.of(args[0]), Path.of(args[1]));
    } else if (args.length == 1) {
      System.setProperty("shop.greeting", "Gr\u00fc\u00dfe \u65e5\u672c");
    }
    try (Executor threads = ThreadPool.of(1); ProcessExecutor pool = ProcessPool.of(1)) {
      PROBES.forEach((name, probe) -> {
        String here = ask(threads, probe);
        String there = ask(pool, probe);
        System.out.println((here.equals(there) ? "same " : "DIFFERENT ") + name + ": " + here + " / " + there);
      });
      System.out.println("map " + pool.map(App::twice, List.of(1, 2, 3)).toList());
      if (args.length == 1 && args[0].equals("signals")) {
        System.out.println("after SIGINT: " + ask(pool, App::signalled));
      }
      System.out.println("done");
    } catch (RuntimeException e) {
      e.printStackTrace();
    }
  }
}
