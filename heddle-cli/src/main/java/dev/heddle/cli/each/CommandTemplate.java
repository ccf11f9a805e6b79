package dev.heddle.cli.each;

import dev.heddle.cli.terminal.ControlCharacters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A shell command with placeholders for the input.
 *
 * <p>The input is never pasted into the command: the shell expands it from a variable, so that no input is run as a command.
 */
final class CommandTemplate {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(|\\.|/|//|/\\.|#)}");
  private static final Pattern WITH_NUMBERS = Pattern.compile("\\{(|\\.|/|//|/\\.|#|[1-9]\\d?)}");
  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d?");
  private static final String PART = "HEDDLE_INPUT_";

  /** The placeholders, and the variables from which the shell expands them. */
  private static final Map<String, String> VARIABLES = Map.of(
      "", "HEDDLE_INPUT",
      ".", "HEDDLE_INPUT_NO_EXTENSION",
      "/", "HEDDLE_INPUT_NAME",
      "//", "HEDDLE_INPUT_FOLDER",
      "/.", "HEDDLE_INPUT_NAME_NO_EXTENSION",
      "#", "HEDDLE_JOB");

  private final List<ShellScript.Part> parts;

  private CommandTemplate(List<ShellScript.Part> parts) {
    this.parts = parts;
  }

  /**
   * Creates a template.
   *
   * @param fields the number of parts of each input; 0 if inputs have no parts, and {1} is ordinary text
   * @throws IllegalArgumentException if a placeholder is in a context where an input would not stay one word, or is for a part that
   *     inputs do not have
   */
  CommandTemplate(String command, int fields) {
    this(parse(command, fields));
    for (ShellScript.Part part : parts) {
      if (part instanceof ShellScript.Part.Place place) {
        check(place.name(), fields);
      }
    }
  }

  /** Creates a template for inputs without parts; see {@link #CommandTemplate(String, int)}. */
  CommandTemplate(String command) {
    this(command, 0);
  }

  /** Creates a template for inputs with any number of parts. */
  static CommandTemplate ofColumns(String command) {
    return new CommandTemplate(
        ShellScript.of(WITH_NUMBERS.matcher(command).find() ? command : command + " {}", WITH_NUMBERS));
  }

  private static List<ShellScript.Part> parse(String command, int fields) {
    Pattern form = fields == 0 ? PLACEHOLDER : WITH_NUMBERS;
    if (form.matcher(command).find()) {
      return ShellScript.of(command, form);
    }
    StringBuilder complete = new StringBuilder(command);
    for (int i = 1; i <= fields; i++) {
      complete.append(" {").append(i).append('}');
    }
    return ShellScript.of(fields == 0 ? command + " {}" : complete.toString(), form);
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
  String script() {
    return join(place -> place.quotes().expansion(variable(place.name())));
  }

  private String join(Function<ShellScript.Part.Place, String> written) {
    StringBuilder script = new StringBuilder();
    for (ShellScript.Part part : parts) {
      script.append(switch (part) {
        case ShellScript.Part.Text text -> text.text();
        case ShellScript.Part.Place place -> written.apply(place);
      });
    }
    return script.toString();
  }

  private static String variable(String name) {
    String known = VARIABLES.get(name);
    return known == null ? PART + name : known;
  }

  /** Returns the environment variables that the script reads. */
  Map<String, String> variables(JobInput input, long job) {
    Map<String, String> variables = new LinkedHashMap<>();
    VARIABLES.forEach((name, variable) -> variables.put(variable, value(name, input, job)));
    for (ShellScript.Part part : parts) {
      if (part instanceof ShellScript.Part.Place place) {
        variables.put(variable(place.name()), value(place.name(), input, job));
      }
    }
    return variables;
  }

  /**
   * Returns the command as it would be typed, on one line with control characters escaped; for display and for the job log. Typed
   * so, it does what the script does, unless it has control characters.
   */
  String shown(JobInput input, long job) {
    return ControlCharacters.escape(join(place -> place.quotes().word(value(place.name(), input, job))));
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
