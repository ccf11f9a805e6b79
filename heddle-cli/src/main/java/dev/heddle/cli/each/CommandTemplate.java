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

  /** The placeholders, and the variables from which the shell expands them. */
  private static final Map<String, String> VARIABLES = Map.of(
      "", "HEDDLE_INPUT",
      ".", "HEDDLE_INPUT_NO_EXTENSION",
      "/", "HEDDLE_INPUT_NAME",
      "//", "HEDDLE_INPUT_FOLDER",
      "/.", "HEDDLE_INPUT_NAME_NO_EXTENSION",
      "#", "HEDDLE_JOB");

  private final List<ShellScript.Part> parts;

  /**
   * Creates a template.
   *
   * @throws IllegalArgumentException if a placeholder is in a context where an input would not stay one word
   */
  CommandTemplate(String command) {
    parts = ShellScript.of(PLACEHOLDER.matcher(command).find() ? command : command + " {}", PLACEHOLDER);
  }

  /** Returns the script for {@code sh -c}. */
  String script() {
    return join(place -> place.quotes().expansion(String.valueOf(VARIABLES.get(place.name()))));
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

  /** Returns the environment variables that the script reads. */
  Map<String, String> variables(String input, long job) {
    Map<String, String> variables = new LinkedHashMap<>();
    VARIABLES.forEach((place, variable) -> variables.put(variable, value(place, input, job)));
    return variables;
  }

  /**
   * Returns the command as it would be typed, on one line with control characters escaped; for display and for the job log. Typed
   * so, it does what the script does, unless it has control characters.
   */
  String shown(String input, long job) {
    return ControlCharacters.escape(join(place -> place.quotes().word(value(place.name(), input, job))));
  }

  private static String value(String place, String input, long job) {
    return switch (place) {
      case "." -> withoutExtension(input);
      case "/" -> name(input);
      case "//" -> folder(input);
      case "/." -> withoutExtension(name(input));
      case "#" -> Long.toString(job);
      default -> input;
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
