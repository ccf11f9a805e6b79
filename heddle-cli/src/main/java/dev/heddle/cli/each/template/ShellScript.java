package dev.heddle.cli.each.template;

import dev.heddle.cli.terminal.ControlCharacters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compiles a command template to a shell script: each placeholder becomes the expansion of a variable, quoted so that it stays
 * exactly one word where it stands.
 *
 * <p>The scanner follows the quotes, substitutions and comments of the shell language. It refuses a template in which it cannot
 * be certain of them (here-documents, quotes inside <code>${...}</code>, {@code case} inside {@code $(...)}, ...), and a
 * placeholder in a context that a shell evaluates further (see {@link SimpleCommand} for those of bash).
 */
final class ShellScript {
  private static final Pattern NO_PARAMETERS = Pattern.compile("\\(\\s*\\)"); // of a function
  private static final String NUMBER = "#"; // the placeholder of the job's number, which is always a plain number

  /** Neither <code>${!name}</code> nor <code>${name@P}</code>: bash evaluates the value of the variable. */
  private static final Pattern PLAIN_PARAMETER = Pattern.compile(
      "\\$\\{(?!!\\w)(?!\\w+@\\w+})[\\w#?*@!$-][\\w.:=+?%#/*@^,~ -]*}");

  /** The context of a character. */
  private enum Level {
    /** Commands: at the top, or between parentheses. */
    COMMAND, SINGLE_QUOTES, DOUBLE_QUOTES, BACKQUOTES,
    /** Between {@code $((} and {@code ))}. */
    ARITHMETIC,
    /** Between parentheses in an arithmetic expression. */
    TERM
  }

  private final String template;
  private final Pattern placeholders;
  private final Deque<Level> levels = new ArrayDeque<>();
  private final Deque<SimpleCommand> commands = new ArrayDeque<>(); // one for each level COMMAND
  private final List<Part> parts = new ArrayList<>();
  private final StringBuilder text = new StringBuilder(); // of the part that is being read
  private int at;

  /** A part of a script: text that stays as it is, or a placeholder. */
  sealed interface Part {

    /** Text of the script. */
    record Text(String text) implements Part {}

    /**
     * A placeholder.
     *
     * @param name what the first group of the pattern has matched
     */
    record Place(String name, Quotes quotes) implements Part {}
  }

  /** The quotes that a placeholder stands in, which decide how a word is written there. */
  enum Quotes {
    NONE {
      @Override
      String expansion(String variable) {
        return "\"${" + variable + "}\"";
      }

      @Override
      String word(String value) {
        return PLAIN_WORD.matcher(value).matches() ? value : "'" + SINGLE.word(value) + "'";
      }
    },
    SINGLE {
      @Override
      String expansion(String variable) {
        return "'" + NONE.expansion(variable) + "'";
      }

      @Override
      String word(String value) {
        return value.replace("'", "'\\''");
      }
    },
    /** In double quotes, or where the shell splits no words. */
    DOUBLE {
      @Override
      String expansion(String variable) {
        return "${" + variable + "}";
      }

      @Override
      String word(String value) {
        return value.replaceAll("[\\\\\"$`]", "\\\\$0");
      }
    };

    private static final Pattern PLAIN_WORD = Pattern.compile("[\\w@%+=:,./-]+");

    /** Returns how the shell expands a variable there to one word. */
    abstract String expansion(String variable);

    /** Returns how a value is written there. */
    abstract String word(String value);
  }

  private ShellScript(String template, Pattern placeholders) {
    this.template = template;
    this.placeholders = placeholders;
  }

  /**
   * Returns the parts of a template.
   *
   * @param placeholders matches a placeholder
   * @throws IllegalArgumentException if an input might not stay one word, or might be evaluated
   */
  static List<Part> of(String template, Pattern placeholders) {
    return new ShellScript(template, placeholders).scan();
  }

  private List<Part> scan() {
    levels.push(Level.COMMAND);
    commands.push(new SimpleCommand());
    Matcher placeholder = placeholders.matcher(template);
    while (at < template.length()) {
      if (placeholder.region(at, template.length()).lookingAt()) {
        endText();
        parts.add(new Part.Place(placeholder.group(1), quotes(placeholder.group(), placeholder.group(1))));
        at = placeholder.end();
      } else {
        step();
      }
    }
    commands.element().operator('\n');
    refuseIntegers(commands.element());
    if (levels.size() > 1) {
      throw refused("an unterminated quote or parenthesis", "close it");
    }
    endText();
    return parts;
  }

  private void endText() {
    if (!text.isEmpty()) {
      parts.add(new Part.Text(text.toString()));
      text.setLength(0);
    }
  }

  private IllegalArgumentException refused(String what, String remedy) {
    return new IllegalArgumentException(
        "COMMAND must not have " + what + ", where an input might not stay one word; " + remedy + ", but was '"
            + ControlCharacters.escape(template) + "'");
  }

  /** Checks the context of a placeholder, and returns its quotes. */
  private Quotes quotes(String placeholder, String name) {
    if (!name.equals(NUMBER)) {
      if (levels.contains(Level.ARITHMETIC)) {
        throw new IllegalArgumentException(
            "COMMAND must not have " + placeholder + " inside ((...)), where the shell evaluates"
                + " the input, which may hold commands; check that it is a number first, but was '"
                + ControlCharacters.escape(template) + "'");
      }
      if (levels.contains(Level.BACKQUOTES)) {
        throw refused(placeholder + " inside `...`", "write $(...) instead");
      }
      String context = commands.stream().anyMatch(SimpleCommand::isInBrackets)
          ? "inside [[...]]"
          : commands.element().evaluatingContext();
      if (context != null) {
        throw new IllegalArgumentException("COMMAND must not have " + placeholder + " " + context
            + ", where bash evaluates the input, which may hold commands; assign it to a variable and check that first, but was '"
            + ControlCharacters.escape(template) + "'");
      }
    }
    commands.element().placeholder();
    return switch (levels.element()) {
      case COMMAND -> Quotes.NONE;
      case SINGLE_QUOTES -> Quotes.SINGLE;
      case DOUBLE_QUOTES, BACKQUOTES, ARITHMETIC, TERM -> Quotes.DOUBLE;
    };
  }

  private boolean sees(String text) {
    return template.startsWith(text, at);
  }

  private void take(int length) {
    int end = Math.min(at + length, template.length());
    text.append(template, at, end);
    at = end;
  }

  private void enter(Level level, int length) {
    levels.push(level);
    if (level == Level.COMMAND) {
      commands.push(new SimpleCommand());
    }
    take(length);
  }

  private void leave(int length) {
    if (levels.pop() == Level.COMMAND) {
      commands.pop();
    }
    take(length);
  }

  private void step() {
    switch (levels.element()) {
      case SINGLE_QUOTES -> quoted("'");
      case BACKQUOTES -> {
        if (!escape()) {
          quoted("`");
        }
      }
      case DOUBLE_QUOTES -> {
        if (!escape() && !substitution()) {
          quoted("\"");
        }
      }
      case COMMAND -> {
        if (!escape() && !substitution()) {
          command();
        }
      }
      case ARITHMETIC, TERM -> arithmetic();
    }
  }

  /** Takes the end of a quotation, or a character in it. */
  private void quoted(String end) {
    if (sees(end)) {
      leave(1);
    } else {
      if (!levels.contains(Level.BACKQUOTES)) {
        commands.element().character(template.charAt(at));
      }
      take(1);
    }
  }

  /** Takes a backslash and the character after it, which opens and closes nothing. */
  private boolean escape() {
    if (!sees("\\")) {
      return false;
    }
    if (sees("\\\n")) {
      if (at > 0 && "$<()&>|".indexOf(template.charAt(at - 1)) >= 0) {
        throw refused("a continued line directly after an operator", "put a blank before the backslash");
      }
    } else if (at + 1 < template.length()) {
      commands.element().quote();
      commands.element().character(template.charAt(at + 1));
    }
    take(2);
    return true;
  }

  private boolean substitution() {
    if (sees("$((")) {
      commands.element().character('$');
      enter(Level.ARITHMETIC, 3);
    } else if (sees("$(")) {
      commands.element().character('$');
      enter(Level.COMMAND, 2);
    } else if (sees("`")) {
      commands.element().character('`');
      enter(Level.BACKQUOTES, 1);
    } else if (sees("${")) {
      parameter();
    } else if (sees("$[")) {
      throw refused("$[...]", "write $((...)) instead");
    } else {
      return false;
    }
    return true;
  }

  /** Takes a parameter expansion; one with quotes, substitutions or placeholders in it is read differently by different shells. */
  private void parameter() {
    Matcher plain = PLAIN_PARAMETER.matcher(template).region(at, template.length());
    if (!plain.lookingAt()) {
      throw refused("quotes, substitutions, subscripts or placeholders inside ${...}", "use a variable for them");
    }
    commands.element().character('$');
    take(plain.end() - at);
  }

  private void command() {
    SimpleCommand command = commands.element();
    if (sees("$'")) {
      throw refused("$'...'", "write it with printf or in plain quotes");
    } else if (sees("'")) {
      command.quote();
      enter(Level.SINGLE_QUOTES, 1);
    } else if (sees("\"")) {
      command.quote();
      enter(Level.DOUBLE_QUOTES, 1);
    } else if (sees("((")) {
      throw refused("((...))", "write ( ( for a group in a group, or $((...)) for arithmetic");
    } else if (sees("<<") && !sees("<<<")) {
      throw refused("a here-document (<<)", "use printf and a pipe");
    } else if (sees("(") && command.isAssignment()) {
      throw refused("an array, whose subscripts bash evaluates", "use plain variables");
    } else if (sees("<(") || sees(">(")) {
      command.character('<'); // bash replaces a process substitution by a word
      enter(Level.COMMAND, 2);
    } else if (sees("(") && command.isInWord()
        && !NO_PARAMETERS.matcher(template).region(at, template.length()).lookingAt()) {
      throw refused("a parenthesis in a word", "quote it");
    } else if (sees("(")) {
      command.operator('(');
      enter(Level.COMMAND, 1);
    } else if (sees(")")) {
      command.operator(')');
      if (levels.size() > 1) {
        leave(1);
      } else {
        take(1); // after a pattern of a case
      }
    } else if (sees("#") && !command.isInWord()) {
      int end = template.indexOf('\n', at);
      take((end < 0 ? template.length() : end) - at); // a quote in a comment is not one
    } else if (sees("<<<")) {
      command.operator('<');
      take(3);
    } else {
      commandCharacter(command);
    }
  }

  private void refuseIntegers(SimpleCommand command) {
    if (command.declaresInteger()) {
      throw refused("a variable declared as an integer or a reference, whose values bash evaluates",
          "leave the options -i and -n out");
    }
  }

  private void commandCharacter(SimpleCommand command) {
    char c = template.charAt(at);
    if (sees("&>")) {
      command.operator('>');
      take(2);
      return;
    }
    if (" \t\n;&|<>".indexOf(c) >= 0) {
      String word = command.operator(c);
      if (word.equals("function") || word.equals("coproc")) {
        throw refused("the word " + word + ", after which bash reads a name and a command", "write name() for a function");
      }
      if (levels.size() > 1 && word.equals("case")) {
        throw refused("case inside (...)", "write it in a function before");
      }
      refuseIntegers(command);
    } else {
      command.character(c);
    }
    take(1);
  }

  /** Takes a character of an arithmetic expression, which must be plain: then all shells agree on its end. */
  private void arithmetic() {
    if (sees("${")) {
      parameter();
    } else if (sees("(")) {
      enter(Level.TERM, 1);
    } else if (levels.element() == Level.TERM && sees(")")) {
      leave(1);
    } else if (levels.element() == Level.ARITHMETIC && sees("))")) {
      leave(2);
    } else if ("'\"\\`;\n#{}[])".indexOf(template.charAt(at)) >= 0 || sees("$(")) {
      throw refused("quotes, substitutions or commands inside ((...))", "compute them before");
    } else {
      take(1);
    }
  }
}
