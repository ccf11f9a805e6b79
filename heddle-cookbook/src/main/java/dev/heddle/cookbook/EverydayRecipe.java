package dev.heddle.cookbook;

import java.io.PrintStream;
import java.util.regex.Pattern;

/**
 * A program of everyday use, which stands in {@code dev.heddle.cookbook.everyday} beside a twin that does the same with {@code
 * java.util.concurrent} alone.
 */
abstract class EverydayRecipe extends Recipe {
  private static final Pattern NO_CODE = Pattern.compile("\\s*(//|/?\\*|@|$)|(import|package) ");

  private final Class<?> program;
  private final Class<?> twin;

  EverydayRecipe(String title, String notice, Class<?> program, Class<?> twin) {
    super(title, notice);
    this.program = program;
    this.twin = twin;
  }

  /** Runs the program. */
  abstract void runProgram(PrintStream out) throws Exception;

  @Override
  public final void run(PrintStream out) throws Exception {
    runProgram(out);
    out.println();
    out.println(lines() + " lines of code; with java.util.concurrent alone " + linesOfTwin());
  }

  /** Returns the program's number of lines: of code, without imports, comments, annotations and empty lines. */
  final long lines() {
    return codeLines(program);
  }

  /** Returns the twin's number of lines. */
  final long linesOfTwin() {
    return codeLines(twin);
  }

  private static long codeLines(Class<?> type) {
    return sourceOf(type).lines().filter(line -> !NO_CODE.matcher(line).lookingAt()).count();
  }

  /** Returns the code of the recipe, of the program and of its twin. */
  @Override
  public final String source() {
    return String.join("\n\n", super.source(), sourceOf(program), sourceOf(twin));
  }
}
