package dev.heddle.cli.each.template;

import dev.heddle.cli.each.job.JobInput;
import dev.heddle.cli.terminal.ControlCharacters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A shell command with placeholders for the input.
 *
 * <p>The input is never pasted into the command: the shell expands it from a variable, so that no input is run as a command.
 */
public final class CommandTemplate {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(|\\.|/|//|/\\.|#)}");
  private static final Pattern WITH_NUMBERS = Pattern.compile("\\{(|\\.|/|//|/\\.|#|[1-9]\\d?)}");
  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d?");
  private static final Pattern VARIABLE = Pattern.compile("HEDDLE_(INPUT|JOB)\\w*");
  private static final String PART = "HEDDLE_INPUT_";
  private static final String WHOLE = " {}";

  /** The placeholders, and the variables from which the shell expands them. */
  private static final Map<String, String> VARIABLES = Map.of(
      "", "HEDDLE_INPUT",
      ".", "HEDDLE_INPUT_NO_EXTENSION",
      "/", "HEDDLE_INPUT_NAME",
      "//", "HEDDLE_INPUT_FOLDER",
      "/.", "HEDDLE_INPUT_NAME_NO_EXTENSION",
      "#", "HEDDLE_JOB");

  /** The command for inputs of as many parts as the index says; the last one for all others. */
  private final List<List<ScriptPart>> byFields;

  private CommandTemplate(List<List<ScriptPart>> byFields) {
    this.byFields = byFields;
  }

  /**
   * Creates a template.
   *
   * @param fields the number of parts of each input, up to 99; 0 if inputs have no parts, and {1} is ordinary text
   * @throws IllegalArgumentException if a placeholder is in a context where an input would not stay one word, or is for a
   *     part that inputs do not have
   */
  public CommandTemplate(String command, int fields) {
    this(parse(command, fields));
    for (String each : (Iterable<String>) places(byFields.getLast())::iterator) {
      check(each, fields);
    }
  }

  /** Creates a template for inputs without parts; see {@link #CommandTemplate(String, int)}. */
  public CommandTemplate(String command) {
    this(command, 0);
  }

  /** Creates a template for inputs with any number of parts. */
  public static CommandTemplate ofColumns(String command) {
    List<ScriptPart> parts = ShellScript.of(command, WITH_NUMBERS);
    return new CommandTemplate(List.of(hasPlace(parts) ? parts : ShellScript.ofCompleted(command, WHOLE, WITH_NUMBERS)));
  }

  private static List<List<ScriptPart>> parse(String command, int fields) {
    Pattern form = fields == 0 ? PLACEHOLDER : WITH_NUMBERS;
    List<ScriptPart> parts = ShellScript.of(command, form);
    if (hasPlace(parts)) {
      return List.of(parts);
    }
    if (fields == 0) {
      return List.of(ShellScript.ofCompleted(command, WHOLE, form));
    }
    List<List<ScriptPart>> all = new ArrayList<>(List.of(parts));
    StringBuilder places = new StringBuilder();
    for (int i = 1; i <= fields; i++) { // the last job may have fewer parts
      all.add(ShellScript.ofCompleted(command, places.append(" {").append(i).append('}').toString(), form));
    }
    return all;
  }

  private static boolean hasPlace(List<ScriptPart> parts) {
    return parts.stream().anyMatch(each -> each instanceof ScriptPart.Place);
  }

  private static Stream<String> places(List<ScriptPart> parts) {
    return parts.stream()
        .flatMap(each -> each instanceof ScriptPart.Place place ? Stream.of(place.name()) : Stream.empty());
  }

  private List<ScriptPart> parts(JobInput input) {
    return byFields.get(Math.min(input.fields().size(), byFields.size() - 1));
  }

  private static void check(String name, int fields) {
    if (NUMBER.matcher(name).matches() && Integer.parseInt(name) > fields) {
      throw new IllegalArgumentException(
          "{" + name + "} is input " + name + " of a job, but each job has " + fields
              + (fields == 1 ? " input" : " inputs"));
    }
    if (fields > 1 && !name.equals("#") && !NUMBER.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "{" + name + "} stands for one input, but each job has " + fields + "; write {1} to {" + fields + "}");
    }
  }

  /** Returns the script for {@code sh -c}. */
  public String script(JobInput input) {
    return join(parts(input), place -> place.quotes().expansion(variable(place.name())));
  }

  private static String join(List<ScriptPart> parts, Function<ScriptPart.Place, String> written) {
    StringBuilder script = new StringBuilder();
    for (ScriptPart part : parts) {
      script.append(switch (part) {
        case ScriptPart.Text text -> text.text();
        case ScriptPart.Place place -> written.apply(place);
      });
    }
    return script.toString();
  }

  private static String variable(String name) {
    String known = VARIABLES.get(name);
    return known == null ? PART + name : known;
  }

  /** Returns the environment variables that the script reads. */
  public Map<String, String> variables(JobInput input, long job) {
    Map<String, String> variables = new LinkedHashMap<>();
    VARIABLES.forEach((name, variable) -> variables.put(variable, value(name, input, job)));
    places(parts(input)).forEach(name -> variables.put(variable(name), value(name, input, job)));
    return variables;
  }

  /**
   * Returns the command as it would be typed, on one line with control characters escaped, for display: those of inputs as
   * {@code $'...'}, so that bash does what the script does.
   */
  public String shown(JobInput input, long job) {
    return ControlCharacters.escape(typed(input, job));
  }

  /**
   * Returns the same for a job log, where different commands must be different: control characters of the command stay,
   * except that a line break is NUL, as in the log of GNU parallel.
   */
  public String logged(JobInput input, long job) {
    return typed(input, job).replace('\n', '\0');
  }

  /** Returns the command with the inputs in it; the variables that it names itself are set before. */
  private String typed(JobInput input, long job) {
    StringBuilder named = new StringBuilder();
    Set<String> names = parts(input).stream()
        .flatMap(part -> part instanceof ScriptPart.Text(String text) ? Stream.of(text) : Stream.empty())
        .flatMap(text -> VARIABLE.matcher(text).results().map(MatchResult::group)).collect(Collectors.toSet());
    new TreeMap<>(variables(input, job)).forEach((name, value) -> {
      if (names.contains(name)) {
        named.append(' ').append(name).append('=').append(Quotes.NONE.word(value));
      }
    });
    String command = join(parts(input), place -> place.shown(value(place.name(), input, job)));
    return named.isEmpty() ? command : "export" + named + "; " + command;
  }

  /** Returns what earlier versions have written to a job log; empty if that was not certain to be this command. */
  public Optional<String> loggedBefore(JobInput input, long job) {
    String command = join(parts(input), place -> place.shownBefore(value(place.name(), input, job)));
    return ControlCharacters.escape(command).equals(command) ? Optional.of(command) : Optional.empty();
  }

  private static String value(String name, JobInput input, long job) {
    return switch (name) {
      case "" -> input.text();
      case "." -> withoutExtension(input.text());
      case "/" -> name(input.text());
      case "//" -> folder(input.text());
      case "/." -> withoutExtension(name(input.text()));
      case "#" -> Long.toString(job);
      default -> input.field(Integer.parseInt(name));
    };
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String folder(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "." : slash == 0 ? "/" : path.substring(0, slash);
  }

  private static String withoutExtension(String path) {
    int dot = path.lastIndexOf('.');
    return dot > path.lastIndexOf('/') + 1 ? path.substring(0, dot) : path; // .profile has no extension
  }
}
