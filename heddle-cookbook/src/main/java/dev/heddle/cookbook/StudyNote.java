package dev.heddle.cookbook;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The place of the study notes that a recipe answers.
 *
 * @param id the id of the recipe, whose letter names one of the five documents; F stands for everyday programs, which have none
 * @param section the heading there, as it is written; of an everyday program that of its guide
 * @param python the Python program in words
 */
public record StudyNote(String id, String section, String python) {
  private static final String FILE = "notes.txt";
  private static final Map<String, StudyNote> ALL = read();

  /**
   * Returns the note of a recipe.
   *
   * @throws IllegalArgumentException if there is none
   */
  static StudyNote of(String id) {
    StudyNote note = ALL.get(id);
    if (note == null) {
      throw new IllegalArgumentException("there is no note of recipe " + id + "; add a line to " + FILE);
    }
    return note;
  }

  private static Map<String, StudyNote> read() {
    try (InputStream in = StudyNote.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is not in the jar; build it with Maven, which puts it there");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split(" \\| ", 3))
          .collect(Collectors.toUnmodifiableMap(part -> part[0], part -> new StudyNote(part[0], part[1], part[2])));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
