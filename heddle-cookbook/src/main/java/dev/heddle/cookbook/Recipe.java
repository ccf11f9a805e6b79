package dev.heddle.cookbook;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A small program that shows one thing, and says what to notice.
 *
 * <p>The class name begins with the id of the row in the study notes that it is the twin of. A recipe has a constructor
 * without parameters for people, and perhaps another with shorter naps or smaller numbers for its test.
 */
public abstract class Recipe {
  private static final int ID_LENGTH = 3;

  private final String title;
  private final String notice;

  Recipe(String title, String notice) {
    this.title = title;
    this.notice = notice.strip();
  }

  /** The row's id: a letter for the document and a number, such as {@code D24}. */
  public final String id() {
    return getClass().getSimpleName().substring(0, ID_LENGTH);
  }

  /** What it is about, in one line. */
  public final String title() {
    return title;
  }

  /** What to notice in the output; one line or several. */
  public final String notice() {
    return notice;
  }

  /** Runs it; whatever it starts has ended when it returns. */
  public abstract void run(PrintStream out) throws Exception;

  /** Its code. */
  public final String source() {
    String file = getClass().getSimpleName() + ".java";
    try (InputStream in = getClass().getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(
            "the code of " + file + " is not in the jar; build it with Maven, which puts it there");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public final String toString() {
    return id() + " " + title;
  }
}
