package dev.heddle.cli.each;

import dev.heddle.cli.terminal.ControlCharacters;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A shell command with placeholders for the input.
 *
 * <p>The input is never pasted into the command: the shell expands it from a variable, so that no input is run as a command.
 */
final class CommandTemplate {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(|\\.|/|//|/\\.|#)}");
  private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

  /** The placeholders, and the variables from which the shell expands them. */
  private static final Map<String, String> VARIABLES = Map.of(
      "", "HEDDLE_INPUT",
      ".", "HEDDLE_INPUT_NO_EXTENSION",
      "/", "HEDDLE_INPUT_NAME",
      "//", "HEDDLE_INPUT_FOLDER",
      "/.", "HEDDLE_INPUT_NAME_NO_EXTENSION",
      "#", "HEDDLE_JOB");

  private final String template;
  private final String script;

  /**
   * Creates a template.
   *
   * @throws IllegalArgumentException if a placeholder is in a context where an input would not stay one word
   */
  CommandTemplate(String command) {
    template = PLACEHOLDER.matcher(command).find() ? command : command + " {}";
    script = ShellScript.of(template, PLACEHOLDER, VARIABLES);
  }

  /** Returns the script for {@code sh -c}. */
  String script() {
    return script;
  }

  /** Returns the environment variables that the script reads. */
  Map<String, String> variables(String input, long job) {
    Map<String, String> variables = new LinkedHashMap<>();
    VARIABLES.forEach((place, variable) -> variables.put(variable, value(place, input, job)));
    return variables;
  }

  /** Returns the command as it would be typed, on one line with control characters escaped; for display and for the job log. */
  String shown(String input, long job) {
    String shown = PLACEHOLDER.matcher(template)
        .replaceAll(place -> Matcher.quoteReplacement(quoted(value(place.group(1), input, job))));
    return ControlCharacters.escape(shown);
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

  private static String quoted(String text) {
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
