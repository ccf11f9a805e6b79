package dev.heddle.cli.flags;

import dev.heddle.cli.terminal.ControlCharacters;
import dev.heddle.cli.terminal.Terminal;
import dev.heddle.flags.Countries;
import dev.heddle.flags.DownloadReport;
import dev.heddle.flags.FlagFolder;
import dev.heddle.flags.FlagOutcome;
import dev.heddle.flags.Reports;
import dev.heddle.flags.ServerProfile;
import dev.heddle.flags.Style;
import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The output of {@code heddle flags}: codes and a report on standard output, errors and a progress bar on standard error.
 * Used by one thread.
 */
final class FlagsDisplay {
  private static final int MOST_ERRORS_SHOWN = 10;

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;
  private final boolean verbose;
  private final CodeLine codes;

  private FlagsDisplay(PrintWriter out, PrintWriter err, boolean json, boolean verbose, CodeLine codes) {
    this.out = out;
    this.err = err;
    this.json = json;
    this.verbose = verbose;
    this.codes = codes;
  }

  static FlagsDisplay of(PrintWriter out, PrintWriter err, boolean json, boolean verbose) {
    boolean bar = Terminal.isErr() && !verbose;
    return new FlagsDisplay(
        out, err, json, verbose, new CodeLine(out, err, !json && !verbose, Terminal.canAnimate(), bar, Terminal::size));
  }

  void head(ServerProfile profile, URI base, List<String> wanted) {
    say(profile.label() + " server: " + base + " (" + profile.describe() + "; seed " + profile.seed() + ")");
    say("Downloading " + count(wanted.size(), "flag") + ": "
        + (wanted.size() == 1 ? wanted.getFirst() : "from " + wanted.getFirst() + " to " + wanted.getLast()));
  }

  void begin(Style style, int connections, int flags) {
    say("");
    say(style.label() + ", " + (connections == 1 ? "one at a time" : connections + " at once") + ":");
    codes.begin(flags, style.label(), style == Style.PROCESSES ? "starting workers" : "");
  }

  void arrived(FlagOutcome outcome) {
    codes.arrived(outcome);
    if (verbose) {
      say(String.format(
          Locale.ROOT, "%s %-30.30s %s", outcome.code(), Countries.name(outcome.code()), what(outcome)));
    }
  }

  void end() {
    codes.end();
  }

  /** Prints the errors of a run and its counts. */
  void tail(DownloadReport report) {
    List<FlagOutcome.Failed> failed = report.all(FlagOutcome.Failed.class);
    if (report.stopped() != null) {
      complain("stopped: " + report.stopped() + " with --out DIR");
    } else {
      long shown = verbose && !json ? 0 : MOST_ERRORS_SHOWN; // with -v each has been printed
      failed.stream().limit(shown).forEach(each -> complain(each.code() + ": " + what(each)));
      if (shown > 0 && failed.size() > shown) {
        String all = json ? "; the report has all" : "; -v shows all";
        complain("and " + (failed.size() - shown) + " more" + all);
      }
    }
    if (report.interrupted()) {
      complain("interrupted; the outcomes until then:");
    }
    say(counts(report));
  }

  void summary(ServerProfile profile, FlagFolder folder, List<DownloadReport> reports) {
    if (json) {
      out.println(JsonReport.of(profile, folder, reports));
      out.flush();
      return;
    }
    if (reports.size() > 1) {
      say("");
      say(Reports.table(reports).stripTrailing());
    }
    if (reports.stream().anyMatch(run -> run.count(FlagOutcome.Saved.class) + run.count(FlagOutcome.Unchanged.class) > 0)) {
      say("");
      say("The flags are in " + folder.path() + "/, their checksums in " + folder.path().resolve("SHA256SUMS") + ".");
    }
  }

  /** Prints a line on standard output, unless that is for JSON. */
  private void say(String text) {
    if (!json) {
      out.println(ControlCharacters.escapeLines(text));
      out.flush();
    }
  }

  /** Prints a line on standard error. */
  private void complain(String text) {
    err.println(ControlCharacters.escapeLines(text));
    err.flush();
  }

  private static String counts(DownloadReport report) {
    List<String> parts = new ArrayList<>();
    parts.add(report.count(FlagOutcome.Saved.class) + " downloaded");
    addIfAny(parts, report.count(FlagOutcome.Unchanged.class), "unchanged");
    addIfAny(parts, report.count(FlagOutcome.NotFound.class), "not found");
    int errors = report.count(FlagOutcome.Failed.class);
    if (errors > 0) {
      parts.add(count(errors, "error"));
    }
    addIfAny(parts, report.count(FlagOutcome.Cancelled.class), "cancelled");
    if (report.retries() > 0) {
      parts.add(report.retries() == 1 ? "1 retry" : report.retries() + " retries");
    }
    return String.join(", ", parts) + String.format(Locale.ROOT, " in %.2f s", report.elapsed().toNanos() / 1e9);
  }

  private static void addIfAny(List<String> parts, int number, String what) {
    if (number > 0) {
      parts.add(number + " " + what);
    }
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static String what(FlagOutcome outcome) {
    String what = switch (outcome) {
      case FlagOutcome.Saved saved ->
        String.format(Locale.ROOT, "downloaded, %,d bytes%s", saved.received(),
            saved.received() < saved.bytes() ? " after the " + (saved.bytes() - saved.received()) + " from before" : "");
      case FlagOutcome.Unchanged unchanged -> "unchanged";
      case FlagOutcome.NotFound notFound -> "not found";
      case FlagOutcome.Failed failed -> failed.reason();
      case FlagOutcome.Cancelled cancelled -> "cancelled";
    };
    return outcome.attempts() > 1 ? what + " (attempt " + outcome.attempts() + ")" : what;
  }
}
