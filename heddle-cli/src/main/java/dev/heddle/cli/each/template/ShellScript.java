package dev.heddle.cli.each.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compiles a command template to a shell script: each placeholder becomes the expansion of a variable, quoted so that it
 * stays exactly one word where it stands.
 *
 * <p>The scanner follows the quotes, substitutions and comments of the shell language. It refuses a template in which it
 * cannot be certain of them (here-documents, quotes inside <code>${...}</code>, {@code case} inside {@code $(...)}, ...),
 * and a placeholder in a context that a shell evaluates further (see {@link SimpleCommand} for those of bash).
 */
final class ShellScript {
  private static final Pattern NO_PARAMETERS = Pattern.compile("\\(\\s*\\)"); // of a function
  private static final String NUMBER = "#"; // the placeholder of the job's number, which is always a plain number

  private static final String ENDS = " \t\n;&|)"; // of a word
  private static final Pattern NAME_BEFORE = Pattern.compile("\\$\\w*$");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

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
  private final Refusals refusals;
  private final KnownVariables variables;
  private final Deque<Level> levels = new ArrayDeque<>();
  private final Deque<SimpleCommand> commands = new ArrayDeque<>(); // one for each level COMMAND
  private final List<ScriptPart> parts = new ArrayList<>();
  private final StringBuilder text = new StringBuilder(); // of the part that is being read
  private int at;
  private boolean hasPlace;
  private boolean hasPlaceInComment;

  private ShellScript(String template, Pattern placeholders) {
    this.template = template;
    this.placeholders = placeholders;
    this.refusals = new Refusals(template);
    this.variables = new KnownVariables(template);
  }

  /**
   * Returns the parts of a template.
   *
   * @param placeholders matches a placeholder
   * @throws IllegalArgumentException if an input might not stay one word, or might be evaluated
   */
  static List<ScriptPart> of(String template, Pattern placeholders) {
    ShellScript script = new ShellScript(template, placeholders);
    List<ScriptPart> parts = script.scan();
    if (script.hasPlaceInComment && !script.hasPlace) {
      throw script.refusals.of("its only placeholder in a comment", "where the input is not used",
          "write it before the #, or leave it out of the comment");
    }
    return parts;
  }

  /** Returns the parts of a template with a placeholder added at its end, which may be in a comment. */
  static List<ScriptPart> ofCompleted(String template, String placeholder, Pattern placeholders) {
    return new ShellScript(template + placeholder, placeholders).scan();
  }

  private List<ScriptPart> scan() {
    levels.push(Level.COMMAND);
    commands.push(new SimpleCommand(refusals));
    Matcher placeholder = placeholders.matcher(template);
    while (at < template.length()) {
      if (placeholder.region(at, template.length()).lookingAt()) {
        endText();
        parts.add(place(placeholder.group(), placeholder.group(1), placeholder.end()));
        at = placeholder.end();
      } else {
        step();
      }
    }
    commands.element().operator('\n');
    refuseIntegers(commands.element());
    if (levels.size() > 1) {
      throw refusals.ofUncertain("an unterminated quote or parenthesis", "close it");
    }
    endText();
    return parts;
  }

  private void endText() {
    if (!text.isEmpty()) {
      parts.add(new ScriptPart.Text(text.toString()));
      text.setLength(0);
    }
  }

  /** Checks the context of a placeholder, and returns the placeholder. */
  private ScriptPart place(String placeholder, String name, int end) {
    boolean isWord = commands.element().isAtArgument()
        && (end == template.length() || ENDS.indexOf(template.charAt(end)) >= 0);
    boolean followsName = NAME_BEFORE.matcher(template).region(0, at).find();
    hasPlace = true;
    if (name.equals(NUMBER)) {
      if (levels.contains(Level.ARITHMETIC) && (isName(at - 1) || isName(end))) {
        throw refusals.ofUncertain(placeholder + " in a name", "put blanks around it");
      }
      commands.element().known();
    } else {
      if (levels.contains(Level.ARITHMETIC)) {
        throw refusals.ofEvaluated(placeholder + " inside ((...))", "use expr, as in $(expr {} + 1)");
      }
      if (levels.contains(Level.BACKQUOTES)) {
        throw refusals.ofUncertain(placeholder + " inside `...`", "write $(...) instead");
      }
      commands.element().input(placeholder, false);
    }
    Quotes quotes = switch (levels.element()) {
      case COMMAND -> Quotes.NONE;
      case SINGLE_QUOTES -> Quotes.SINGLE;
      case DOUBLE_QUOTES, BACKQUOTES, ARITHMETIC, TERM -> Quotes.DOUBLE;
    };
    return new ScriptPart.Place(name, quotes, isWord, followsName);
  }

  private boolean isName(int index) {
    return index >= 0 && index < template.length()
        && (Character.isLetterOrDigit(template.charAt(index)) || template.charAt(index) == '_');
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
      commands.push(new SimpleCommand(refusals));
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
        throw refusals.ofUncertain("a continued line directly after an operator", "put a blank before the backslash");
      }
    } else if (at + 1 < template.length()) {
      commands.element().quote();
      if (levels.element() == Level.DOUBLE_QUOTES && "$`\"\\".indexOf(template.charAt(at + 1)) < 0) {
        commands.element().character('\\'); // it stays there
      }
      commands.element().character(template.charAt(at + 1));
    }
    take(2);
    return true;
  }

  private boolean substitution() {
    boolean isNumber = KnownVariables.NUMBER_COMMAND.matcher(template).region(at, template.length()).lookingAt();
    if (sees("$((") || isNumber) {
      commands.element().known();
      enter(isNumber ? Level.COMMAND : Level.ARITHMETIC, isNumber ? 2 : 3);
    } else if (sees("$(")) {
      input("$(...)");
      enter(Level.COMMAND, 2);
    } else if (sees("`")) {
      input("`...`");
      enter(Level.BACKQUOTES, 1);
    } else if (sees("$[")) {
      throw refusals.ofUncertain("$[...]", "write $((...)) instead");
    } else if (sees("$")) {
      return parameter();
    } else {
      return false;
    }
    return true;
  }

  /** Adds what may hold an input; without quotes it may become any number of words. */
  private void input(String what) {
    commands.element().input(what, levels.element() == Level.COMMAND);
  }

  /** Takes an expansion of a parameter. */
  private boolean parameter() {
    ParameterExpansion found = ParameterExpansion.at(template, at);
    if (found == null) {
      if (sees("${")) {
        throw refusals.ofUncertain(
            "${!...}, ${...@...}, offsets that are no plain numbers, quotes, substitutions, subscripts or placeholders inside ${...}",
            "use a variable for them, or plain numbers");
      }
      return false;
    }
    if (found.isNumber() || variables.contains(found.name())) {
      if (!found.mayBeEmpty() || levels.element() != Level.COMMAND) {
        commands.element().quote(); // it does not vanish
      }
      commands.element().known();
    } else {
      boolean isValue = commands.element().isValueOfDeclaration() && variables.isConstant(found.name());
      commands.element().input(found.text(), (levels.element() == Level.COMMAND && !isValue) || found.isList());
    }
    take(found.text().length());
    return true;
  }

  private void command() {
    SimpleCommand command = commands.element();
    if (sees("$'") || sees("$\"")) {
      throw refusals.ofUncertain("$'...' or $\"...\"", "write it with printf or in plain quotes");
    } else if (sees("'")) {
      command.quote();
      enter(Level.SINGLE_QUOTES, 1);
    } else if (sees("\"")) {
      command.quote();
      enter(Level.DOUBLE_QUOTES, 1);
    } else if (sees("((")) {
      throw refusals.ofUncertain("((...))", "write ( ( for a group in a group, or $((...)) for arithmetic");
    } else if (sees("<<") && !sees("<<<")) {
      throw refusals.ofUncertain("a here-document (<<)", "use printf and a pipe");
    } else if (sees("(") && command.isAssignment()) {
      throw refusals.ofUncertain("an array, whose subscripts bash evaluates", "use plain variables");
    } else if (sees("<(") || sees(">(")) {
      command.quote(); // bash replaces a process substitution by a word
      command.known();
      enter(Level.COMMAND, 2);
    } else if (sees("(") && command.isInWord()
        && !NO_PARAMETERS.matcher(template).region(at, template.length()).lookingAt()) {
      throw refusals.ofUncertain("a parenthesis in a word", "quote it");
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
      int length = (end < 0 ? template.length() : end) - at;
      hasPlaceInComment |= placeholders.matcher(template).region(at, at + length).find();
      take(length); // a quote in a comment is not one
    } else if (sees("<<<")) {
      command.operator('<');
      take(3);
    } else {
      commandCharacter(command);
    }
  }

  private void refuseIntegers(SimpleCommand command) {
    if (command.declaresInteger()) {
      throw refusals.ofUncertain("a variable declared as an integer or a reference, whose values bash evaluates",
          "leave the options -i and -n out");
    }
  }

  private void commandCharacter(SimpleCommand command) {
    char c = template.charAt(at);
    if (sees("&>")) {
      throw refusals.of("&>", "after which some shells run the next word", "write >file 2>&1 instead");
    }
    if (sees(">&") || sees("<&")) {
      command.duplicate();
      take(2);
      return;
    }
    if (sees(">|")) {
      command.operator('>');
      take(2);
      return;
    }
    if (" \t\n;&|<>".indexOf(c) >= 0) {
      String word = command.operator(c);
      if (word.equals("function") || word.equals("coproc")) {
        throw refusals.ofUncertain("the word " + word + ", after which bash reads a name and a command",
            "write name() for a function");
      }
      if (levels.size() > 1 && word.equals("case")) {
        throw refusals.ofUncertain("case inside (...)", "write it in a function before");
      }
      refuseIntegers(command);
    } else {
      command.plain(c);
    }
    take(1);
  }

  /**
   * Takes a part of an arithmetic expression, which must be plain: then all shells agree on its end. Variables in it must be
   * certain to hold no input, since bash evaluates their values.
   */
  private void arithmetic() {
    Matcher name = NAME.matcher(template).region(at, template.length());
    if (sees("$") && !sees("$(")) {
      ParameterExpansion found = ParameterExpansion.at(template, at);
      if (found == null || (!found.isNumber() && !(found.isPlain() && variables.contains(found.name())))) {
        throw inArithmetic(found == null ? "$" : found.text());
      }
      take(found.text().length());
    } else if (name.lookingAt() && !(at > 0 && Character.isDigit(template.charAt(at - 1)))) {
      if (!variables.contains(name.group())) {
        throw inArithmetic(name.group());
      }
      take(name.group().length());
    } else if (sees("(")) {
      enter(Level.TERM, 1);
    } else if (levels.element() == Level.TERM && sees(")")) {
      leave(1);
    } else if (levels.element() == Level.ARITHMETIC && sees("))")) {
      leave(2);
    } else if ("'\"\\`;\n#{}[])".indexOf(template.charAt(at)) >= 0 || sees("$(")) {
      throw refusals.ofUncertain("quotes, substitutions or commands inside ((...))", "compute them before");
    } else {
      take(1);
    }
  }

  private IllegalArgumentException inArithmetic(String what) {
    return refusals.ofEvaluated(what + " inside ((...)), which may hold an input",
        "use expr, as in $(expr \"$x\" + 1), or assign nothing but numbers to that variable");
  }
}
