package dev.heddle.cli.doctor;

import dev.heddle.cli.doctor.Finding.Level;
import dev.heddle.cli.json.JsonText;
import dev.heddle.cli.options.HelpOption;
import dev.heddle.cli.terminal.ControlCharacters;
import dev.heddle.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code heddle doctor}: checks what Heddle needs of this machine. */
@Command(name = "doctor", description = "Checks what Heddle needs of this machine: Java, folders, locale, limits, processes.", footer = {
    "",
    "Exit codes: 0 everything works (notes may say what is slower or missing), 1 something does not, 2 wrong usage."
})
public final class DoctorCommand implements Callable<Integer> {
  private static final int WIDTH = 79;
  private static final int INDENT = 24;

  @Option(names = "--json", description = "Print the findings as JSON.")
  private boolean json;

  @Mixin
  @SuppressWarnings({"NullAway.Init", "unused"}) // picocli sets and uses it
  private HelpOption help;

  @Override
  public Integer call() {
    MachineView machine = MachineView.here();
    List<Finding> findings = new ArrayList<>();
    findings.addAll(JavaChecks.all(machine));
    findings.addAll(FolderChecks.all(machine));
    findings.addAll(LimitChecks.all(machine));
    findings.addAll(ProcessChecks.all(machine));
    long problems = count(findings, Level.PROBLEM);
    if (json) {
      System.out.println(JsonText.of(report(findings, problems == 0)));
    } else {
      findings.stream().flatMap(finding -> lines(finding).stream()).forEach(System.out::println);
      System.out.println();
      System.out.println(problems > 0 ? "Problems: " + problems : "Everything that Heddle needs works here.");
    }
    return problems > 0 ? 1 : 0;
  }

  private static long count(List<Finding> findings, Level level) {
    return findings.stream().filter(finding -> finding.level() == level).count();
  }

  /** Returns the lines of a finding, which are at most 79 columns wide, but for a word that is longer. */
  static List<String> lines(Finding finding) {
    String level = finding.level().name().toLowerCase(Locale.ROOT);
    String style = switch (finding.level()) {
      case OK -> "green";
      case NOTE -> "yellow";
      case PROBLEM -> "bold,red";
    };
    List<String> text = new ArrayList<>(Terminal.wrap(ControlCharacters.escape(finding.value()), WIDTH - INDENT));
    if (!finding.remedy().isEmpty()) {
      text.addAll(Terminal.wrap(ControlCharacters.escape(finding.remedy()), WIDTH - INDENT));
    }
    List<String> lines = new ArrayList<>();
    String shown = (Terminal.isOut() ? Ansi.ON : Ansi.OFF).string("@|" + style + " " + level + "|@");
    lines.add(shown + " ".repeat(9 - level.length()) + "%-15s".formatted(finding.name()) + text.getFirst());
    text.stream().skip(1).forEach(line -> lines.add(" ".repeat(INDENT) + line));
    return lines;
  }

  static Map<String, Object> report(List<Finding> findings, boolean works) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("works", works);
    report.put("findings", findings.stream().map(finding -> {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("name", finding.name());
      each.put("level", finding.level().name().toLowerCase(Locale.ROOT));
      each.put("value", finding.value());
      each.put("remedy", finding.remedy());
      return each;
    }).toList());
    return report;
  }
}
