package dev.heddle.site;

import dev.heddle.cookbook.Cookbook;
import dev.heddle.cookbook.Recipe;
import dev.heddle.cookbook.StudyNote;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The pages of the cookbook: an index, and each recipe with the Python program in words, its code and its output. */
final class RecipePages {
  private static final String GROUP = "Cookbook";

  private final Markdown markdown;
  private final boolean isRun;
  private final List<String> failures = new ArrayList<>();

  /** Makes pages whose recipes are run, which takes a minute or two, or not run. */
  RecipePages(Markdown markdown, boolean isRun) {
    this.markdown = markdown;
    this.isRun = isRun;
  }

  List<Page> all() {
    List<Page> pages = new ArrayList<>();
    pages.add(markdown.page(GROUP, "recipes/README.md", index()));
    for (Recipe recipe : Cookbook.recipes()) {
      pages.add(markdown.page(GROUP, "recipes/" + recipe.id() + ".md", text(recipe)));
    }
    return pages;
  }

  /** The recipes that have failed, with the reasons. */
  List<String> failures() {
    return failures;
  }

  private static String index() {
    StringBuilder text = new StringBuilder("# Cookbook\n\nSmall programs, each a twin of something one does in Python. "
        + "`./heddle cookbook D24` runs one.\n\n| recipe | | Python |\n|---|---|---|\n");
    for (Recipe recipe : Cookbook.recipes()) {
      text.append("| [").append(recipe.id()).append("](").append(recipe.id()).append(".md) | ").append(recipe.title())
          .append(" | ")
          .append(recipe.note().python().replace("|", "\\|")).append(" |\n");
    }
    return text.toString();
  }

  private String text(Recipe recipe) {
    StudyNote note = recipe.note();
    return "# " + recipe.id() + " " + recipe.title() + "\n\n"
        + recipe.notice().replace("<", "\\<").replace("*", "\\*").replace("_", "\\_")
        + "\n\n| | |\n|---|---|\n| Python | " + note.python().replace("|", "\\|") + " |\n| study notes "
        + recipe.id().charAt(0) + " | "
        + note.section() + " |\n| run it | `./heddle cookbook " + recipe.id() + "` |\n\n## The program\n\n"
        + fenced("java", recipe.source())
        + (isRun ? "## What it prints\n\n" + fenced("text", output(recipe)) : "");
  }

  private static String fenced(String language, String text) {
    return "````" + language + "\n" + text.stripTrailing() + "\n````\n\n";
  }

  private String output(Recipe recipe) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    try {
      recipe.run(out);
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      failures.add(recipe.id() + ": " + e);
      out.println("(not run to its end on the machine that made this page: " + e + ")");
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
