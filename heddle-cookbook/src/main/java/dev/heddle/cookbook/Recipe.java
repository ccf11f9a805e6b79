package dev.heddle.cookbook;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A small example program with a title and a notice that explains its output.
 *
 * <p>The class name begins with the id of its row in the study notes. A recipe has a constructor without parameters, and may
 * have another with shorter pauses or smaller numbers for its test.
 */
public abstract class Recipe {
  private static final int ID_LENGTH = 3;

  private final String title;
  private final String notice;

  Recipe(String title, String notice) {
    this.title = title;
    this.notice = notice.strip();
  }

  /** The id of the row: a letter for the document and a number, such as {@code D24}. */
  public final String id() {
    return getClass().getSimpleName().substring(0, ID_LENGTH);
  }

  /** The title, in one line. */
  public final String title() {
    return title;
  }

  /** The notice: an explanation of the output, in one or more lines. */
  public final String notice() {
    return notice;
  }

  /** The place of the study notes that the recipe answers. */
  public final StudyNote note() {
    return StudyNote.of(id());
  }

  /** Runs the recipe; all threads and processes that it starts have ended when this returns. */
  public abstract void run(PrintStream out) throws Exception;

  /** Returns the source code. */
  public String source() {
    return sourceOf(getClass());
  }

  /** Returns the source code of a class of the cookbook. */
  static String sourceOf(Class<?> type) {
    String file = type.getSimpleName() + ".java";
    try (InputStream in = type.getResourceAsStream(file)) {
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
