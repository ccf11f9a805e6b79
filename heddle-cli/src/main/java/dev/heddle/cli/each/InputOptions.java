package dev.heddle.cli.each;

import dev.heddle.cli.each.job.JobInputs;
import dev.heddle.cli.each.template.CommandTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code heddle each} that say what an input is. */
final class InputOptions {
  private static final String SOURCE = ":::";
  private static final Pattern OF_PARALLEL = Pattern.compile("\\{(\\d+[./]{1,2}|%|\\+\\+|\\.\\.|/\\.\\.)}");
  private static final Set<String> OTHER_SOURCES = Set.of(SOURCE, "::::", ":::+", "::::+");
  private static final int MOST = 99; // {99} is the last placeholder

  @Option(names = {"-0",
      "--null"}, description = "Inputs on standard input end with NUL, as from find -print0, instead of a line break.")
  private boolean nul;

  @Option(names = {"-N",
      "-n"}, paramLabel = "N", description = "Give each job N inputs, as {1}, {2} and so on; the last job may get fewer.")
  private @Nullable Integer perJob;

  @Option(names = "--colsep", paramLabel = "REGEX", description = "Split each input into {1}, {2} and so on, at what matches REGEX, such as , or \\t.")
  private @Nullable String columnSeparator;

  /** The number of parts of each input; 0 if inputs have no parts or a number of parts that is not known. */
  private static int parts(List<List<String>> sources, @Nullable Integer perJob) {
    return perJob != null ? perJob : sources.size();
  }

  /**
   * Checks the options.
   *
   * @param arguments the arguments after the command
   * @throws IllegalArgumentException if they are wrong
   */
  void check(List<String> arguments) {
    List<List<String>> sources = sources(arguments);
    for (String each : arguments) {
      boolean first = each.equals(SOURCE) && (!sources.isEmpty() || each.equals(arguments.getFirst()));
      if (OTHER_SOURCES.contains(each) && !first) {
        throw new IllegalArgumentException("the argument " + each + (each.equals(SOURCE)
            ? " begins a list of inputs only directly after COMMAND, which is one argument: write '" + arguments.getFirst()
                + " ...'"
                + " with the command in quotes"
            : " has no meaning here: redirect standard input from a file of inputs, and join lists before")
            + "; if it is an input, give it on standard input");
      }
    }
    if (nul && !arguments.isEmpty()) {
      throw new IllegalArgumentException(
          "--null is for inputs on standard input, but there are arguments, the first being '" + arguments.getFirst() + "'");
    }
    if (perJob != null && (perJob < 1 || perJob > MOST)) {
      throw new IllegalArgumentException("-N must be from 1 to 99, but was " + perJob + "; omit it for one input a job");
    }
    if (sources.size() > MOST) {
      throw new IllegalArgumentException(SOURCE + " begins " + sources.size() + " lists, and there may be 99");
    }
    if (perJob != null && columnSeparator != null) {
      throw new IllegalArgumentException("-N and --colsep both say what {1} is; use one of them");
    }
    if (sources.size() > 1 && (perJob != null || columnSeparator != null)) {
      throw new IllegalArgumentException((perJob != null ? "-N" : "--colsep") + " is for one list of inputs, but " + SOURCE
          + " begins " + sources.size() + " lists");
    }
    pattern();
  }

  private @Nullable Pattern pattern() {
    try {
      return columnSeparator == null ? null : Pattern.compile(columnSeparator);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "--colsep must be a regular expression, but was '" + columnSeparator + "': " + e.getDescription());
    }
  }

  /** A hint for those who expect {1} to be a placeholder, as in GNU parallel; null if there is no reason for it. */
  @Nullable
  String hint(String command, List<String> arguments) {
    Matcher other = OF_PARALLEL.matcher(command);
    if (other.find()) {
      return other.group()
          + " is ordinary text; the placeholders are {} {.} {/} {//} {/.} {#}, and {1} to {99} with :::, -N or --colsep";
    }
    boolean ordinary = perJob == null && columnSeparator == null && sources(arguments).isEmpty();
    return ordinary && command.contains("{1}") && !command.contains("{}")
        ? "{1} is ordinary text here, and {} the input; with :::, -N or --colsep, {1} is an input"
        : null;
  }

  /** The number of jobs; null if it is not known. */
  @Nullable
  Integer jobs(List<String> arguments) {
    if (arguments.isEmpty()) {
      return null;
    }
    List<List<String>> sources = sources(arguments);
    long jobs = sources.isEmpty() ? arguments.size() : 1;
    for (List<String> each : sources) {
      jobs = Math.min(jobs * each.size(), Integer.MAX_VALUE);
    }
    return (int) Math.ceilDiv(jobs, perJob == null ? 1 : perJob);
  }

  /** Returns the template of a command for these inputs. */
  CommandTemplate template(String command, List<String> arguments) {
    List<List<String>> sources = sources(arguments);
    return columnSeparator != null
        ? CommandTemplate.ofColumns(command)
        : new CommandTemplate(command, parts(sources, perJob));
  }

  /** Returns the inputs. */
  JobInputs inputs(List<String> arguments) {
    List<List<String>> sources = sources(arguments);
    if (sources.size() > 1) {
      return JobInputs.product(sources);
    }
    JobInputs all = arguments.isEmpty()
        ? JobInputs.read(System.in, nul ? '\0' : '\n')
        : JobInputs.of(sources.isEmpty() ? arguments : sources.getFirst());
    Pattern separator = pattern();
    if (separator != null) {
      return all.split(separator);
    }
    return perJob != null ? all.grouped(perJob) : sources.isEmpty() ? all : all.grouped(1);
  }

  /** The lists that ::: begins; none if the first argument is not :::. */
  private static List<List<String>> sources(List<String> arguments) {
    List<List<String>> sources = new ArrayList<>();
    if (arguments.isEmpty() || !arguments.getFirst().equals(SOURCE)) {
      return sources;
    }
    for (String each : arguments) {
      if (each.equals(SOURCE)) {
        sources.add(new ArrayList<>());
      } else {
        sources.getLast().add(each);
      }
    }
    return sources;
  }
}
