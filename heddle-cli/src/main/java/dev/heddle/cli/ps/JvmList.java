package dev.heddle.cli.ps;

import dev.heddle.base.Cells;
import dev.heddle.base.Describe;
import dev.heddle.cli.json.JsonText;
import dev.heddle.cli.live.JavaProcess;
import dev.heddle.cli.live.TargetException;
import dev.heddle.cli.live.Watch;
import dev.heddle.cli.terminal.Terminal;
import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.ThreadPool;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** The list of the JVMs that use Heddle. */
final class JvmList {
  private static final int AT_ONCE = 8;

  private final PrintWriter out;
  private final PrintWriter err;
  private final Duration patience;

  JvmList(CommandLine command, Duration patience) {
    this.out = command.getOut();
    this.err = command.getErr();
    this.patience = patience;
  }

  /** Asks all JVMs of this user whether they use Heddle, and prints those that do. */
  int print(boolean json) throws InterruptedException {
    Map<JavaProcess, Future<Boolean>> asked = new LinkedHashMap<>();
    List<JavaProcess> using = new ArrayList<>();
    List<JavaProcess> silent = new ArrayList<>();
    try (Executor pool = ThreadPool.of(AT_ONCE)) {
      JavaProcess.all().forEach(each -> asked.put(each, pool.submit(() -> Watch.usesHeddle(each, patience))));
      for (var each : asked.entrySet()) {
        Throwable failure = each.getValue().exception();
        if (failure instanceof TargetException) {
          silent.add(each.getKey());
        } else if (failure == null && each.getValue().result()) {
          using.add(each.getKey());
        }
      }
    }
    if (json) {
      out.println(JsonText.of(using.stream().map(JvmList::json).toList()));
    } else {
      table(using);
    }
    if (!silent.isEmpty()) {
      err.println("heddle ps: these JVMs cannot be attached to, or do not answer: "
          + String.join(", ", silent.stream().map(each -> Long.toString(each.pid())).toList()));
    }
    return 0;
  }

  private void table(List<JavaProcess> using) {
    if (using.isEmpty()) {
      out.println("no JVM of this user uses Heddle now");
      return;
    }
    int command = Terminal.size().columns() - 22;
    out.println("    PID  UP          COMMAND");
    for (JavaProcess each : using) {
      String up = each.age().map(Describe::measured).orElse("");
      out.println(Describe.format("%7d  ", each.pid()) + Cells.pad(up, 12)
          + Cells.fit(Cells.printable(each.command()), Math.max(10, command)));
    }
  }

  private static Map<String, Object> json(JavaProcess process) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("pid", process.pid());
    json.put("command", process.command());
    process.age().ifPresent(age -> json.put("seconds", age.toMillis() / 1000.0));
    return json;
  }
}
