package dev.heddle.cli.each;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a shell script of a template: in each place a variable is expanded, in the form that keeps it one word there.
 *
 * <p>For that the template is scanned for quotes, substitutions and comments, no deeper. In a {@code case} inside {@code
 * $(...)} patterns must be written {@code (a)}, not {@code a)}, or its end is taken to be there.
 */
final class ShellScript {
  private static final String NUMBER = "#"; // the place that is always a plain number

  /** Where in the script a character stands. */
  private enum Level {
    /** Between {@code (} and {@code )}, also those of {@code $(...)}; quotes begin anew in it. */
    COMMAND, SINGLE_QUOTES, DOUBLE_QUOTES, BACKQUOTES,
    /** Between {@code ((} and {@code ))}. */
    ARITHMETIC,
    /** Between parentheses in an arithmetic expression. */
    TERM
  }

  private final String template;
  private final Pattern places;
  private final Map<String, String> variables;
  private final Deque<Level> levels = new ArrayDeque<>();
  private final StringBuilder script = new StringBuilder();
  private int at;

  private ShellScript(String template, Pattern places, Map<String, String> variables) {
    this.template = template;
    this.places = places;
    this.variables = variables;
  }

  /**
   * The script of a template.
   *
   * @param places what is replaced; its first group is a key of the variables
   * @throws IllegalArgumentException if an input would stand where the shell takes it apart or evaluates it
   */
  static String of(String template, Pattern places, Map<String, String> variables) {
    return new ShellScript(template, places, variables).scan();
  }

  private String scan() {
    levels.push(Level.COMMAND);
    Matcher place = places.matcher(template);
    while (at < template.length()) {
      if (place.region(at, template.length()).lookingAt()) {
        script.append(expansion(place.group(), place.group(1)));
        at = place.end();
      } else {
        step();
      }
    }
    return script.toString();
  }

  private String expansion(String place, String name) {
    String expansion = "${" + variables.get(name) + "}";
    boolean bare = levels.contains(Level.ARITHMETIC) || levels.contains(Level.BACKQUOTES);
    if (bare && !name.equals(NUMBER)) {
      throw new IllegalArgumentException(levels.contains(Level.ARITHMETIC)
          ? "COMMAND must not have " + place + " inside ((...)), where the shell evaluates the input, which may hold"
              + " commands; check that it is a number first, or write ( ( for a group in a group, but was '" + template + "'"
          : "COMMAND must not have " + place + " inside `...`, where the input would not stay one word; write $(...)"
              + " instead, but was '" + template + "'");
    }
    return switch (levels.element()) {
      case COMMAND -> "\"" + expansion + "\"";
      case SINGLE_QUOTES -> "'\"" + expansion + "\"'";
      case DOUBLE_QUOTES, BACKQUOTES, ARITHMETIC, TERM -> expansion;
    };
  }

  private boolean sees(String text) {
    return template.startsWith(text, at);
  }

  private void take(int length) {
    int end = Math.min(at + length, template.length());
    script.append(template, at, end);
    at = end;
  }

  private void enter(Level level, int length) {
    levels.push(level);
    take(length);
  }

  private void leave(int length) {
    if (levels.size() > 1) {
      levels.pop();
    }
    take(length);
  }

  private void step() {
    Level level = levels.element();
    if (level != Level.SINGLE_QUOTES && sees("\\")) {
      take(2); // an escaped quote opens and closes nothing
      return;
    }
    switch (level) {
      case SINGLE_QUOTES -> endAt("'");
      case BACKQUOTES -> endAt("`");
      case DOUBLE_QUOTES -> {
        if (!substitution()) {
          endAt("\"");
        }
      }
      case COMMAND -> {
        if (!substitution()) {
          command();
        }
      }
      case ARITHMETIC, TERM -> {
        if (!substitution()) {
          arithmetic(level);
        }
      }
    }
  }

  private void endAt(String end) {
    if (sees(end)) {
      leave(1);
    } else {
      take(1);
    }
  }

  private boolean substitution() {
    if (sees("$((")) {
      enter(Level.ARITHMETIC, 3);
    } else if (sees("$(")) {
      enter(Level.COMMAND, 2);
    } else if (sees("`")) {
      enter(Level.BACKQUOTES, 1);
    } else {
      return false;
    }
    return true;
  }

  private void command() {
    if (sees("'")) {
      enter(Level.SINGLE_QUOTES, 1);
    } else if (sees("\"")) {
      enter(Level.DOUBLE_QUOTES, 1);
    } else if (sees("((")) {
      enter(Level.ARITHMETIC, 2);
    } else if (sees("(")) {
      enter(Level.COMMAND, 1);
    } else if (sees(")")) {
      leave(1);
    } else if (sees("#") && isAtWordStart()) {
      int end = template.indexOf('\n', at);
      take((end < 0 ? template.length() : end) - at); // a quote in a comment is none
    } else {
      take(1);
    }
  }

  private void arithmetic(Level level) {
    if (sees("(")) {
      enter(Level.TERM, 1);
    } else if (level == Level.TERM && sees(")")) {
      leave(1);
    } else if (sees("))")) {
      leave(2);
    } else {
      take(1);
    }
  }

  private boolean isAtWordStart() {
    return at == 0 || " \t\n;&|()".indexOf(template.charAt(at - 1)) >= 0;
  }
}
