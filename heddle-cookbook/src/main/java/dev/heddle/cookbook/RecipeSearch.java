package dev.heddle.cookbook;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds recipes by ids and words, and what is similar to a word that none of them has. */
final class RecipeSearch {
  private static final int NEAREST = 3;
  private static final int LONGEST_ID = 3; // a longer argument is a word
  private static final int MOST_EDITS = 2;
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}_]+");

  private final List<Recipe> recipes;

  RecipeSearch(List<Recipe> recipes) {
    this.recipes = recipes;
  }

  /** Returns the recipes that are about all of the words, in upper or lower case; first those whose titles have them. */
  List<Recipe> about(List<String> words) {
    List<String> wanted = words.stream().map(RecipeSearch::lower).toList();
    return recipes.stream()
        .filter(recipe -> wanted.stream().allMatch(text(recipe)::contains))
        .sorted(Comparator.comparing(recipe -> !wanted.stream().allMatch(lower(recipe.title())::contains)))
        .toList();
  }

  /** Describes what is similar to an id or a word that was not found. */
  String nearest(String typed) {
    if (typed.length() > LONGEST_ID) {
      List<Recipe> about = about(List.of(typed));
      if (!about.isEmpty()) {
        return "recipes about that: " + titled(about);
      }
      Map<String, Set<String>> similar = similarWords(lower(typed));
      if (!similar.isEmpty()) {
        return "did you mean " + similar.entrySet().stream().limit(NEAREST)
            .map(word -> "'" + word.getKey() + "' (" + String.join(", ", word.getValue()) + ")")
            .collect(Collectors.joining(" or ")) + "?";
      }
    }
    String wanted = typed.toUpperCase(Locale.ROOT);
    List<Recipe> near = recipes.stream()
        .filter(recipe -> distance(wanted, recipe.id()) < LONGEST_ID) // they share a character
        .sorted(Comparator.comparingInt(recipe -> distance(wanted, recipe.id()))) // stable: ids stay in order
        .toList();
    return near.isEmpty()
        ? "ids range from " + recipes.getFirst().id() + " to " + recipes.getLast().id()
        : "similar ids: " + titled(near);
  }

  /** Returns the words of recipes that are a few edits from a word, the nearest first, with the ids of their recipes. */
  private Map<String, Set<String>> similarWords(String typed) {
    Comparator<String> nearestFirst = Comparator.comparingInt(word -> distance(typed, word));
    Map<String, Set<String>> found = new TreeMap<>(nearestFirst.thenComparing(Comparator.naturalOrder()));
    for (Recipe recipe : recipes) {
      for (String word : BETWEEN_WORDS.split(text(recipe))) {
        if (distance(typed, word) <= Math.min(MOST_EDITS, typed.length() / 3)) {
          found.computeIfAbsent(word, _ -> new TreeSet<>()).add(recipe.id());
        }
      }
    }
    return found;
  }

  private static String text(Recipe recipe) {
    StudyNote note = recipe.note();
    return lower(String.join("\n", recipe.id(), recipe.title(), recipe.notice(), note.section(), note.python()));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static String titled(List<Recipe> recipes) {
    return recipes.stream().limit(NEAREST).map(recipe -> recipe.id() + " (" + recipe.title() + ")")
        .collect(Collectors.joining(", "));
  }

  /** Returns the Levenshtein distance of two words. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replace = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replace, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
