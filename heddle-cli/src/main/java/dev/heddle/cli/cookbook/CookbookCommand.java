package dev.heddle.cli.cookbook;

import dev.heddle.cli.options.HelpOption;
import dev.heddle.cli.options.TimelineOption;
import dev.heddle.cli.terminal.Terminal;
import dev.heddle.cookbook.Cookbook;
import dev.heddle.cookbook.Recipe;
import dev.heddle.cookbook.RecordedRecipe;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code heddle cookbook}: lists the recipes, runs them, or shows their code. */
@Command(name = "cookbook", description = "Runs small example programs, the recipes; without an ID it lists them.", footer = {
    "",
    "Words in place of ids list the recipes that are about them.",
    "Exit codes: 0 all recipes succeeded, 1 a recipe failed, 2 wrong usage.",
    "Example: heddle cookbook deadlock; heddle cookbook D24 --source"
})
public final class CookbookCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "The ids of recipes, such as D24, which run one after the other; or words to search for, such as queue.")
  private List<String> ids = List.of();

  @Option(names = {"-a", "--all"}, description = "Run all recipes.")
  private boolean all;

  @Option(names = {"-s", "--source"}, description = "Show the code instead of running it.")
  private boolean source;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private TimelineOption timeline;

  @Mixin
  @SuppressWarnings({"NullAway.Init", "unused"}) // picocli sets and uses it
  private HelpOption help;

  @Override
  public Integer call() {
    if (all && !ids.isEmpty()) {
      throw new ParameterException(spec.commandLine(),
          "--all and the id " + ids.getFirst() + " exclude each other; give only one of them");
    }
    if (source && !all && ids.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "--source needs an ID, or --all");
    }
    List<Recipe> about = source || ids.isEmpty() || ids.stream().anyMatch(CookbookCommand::isId)
        ? List.of()
        : Cookbook.about(ids);
    if (!about.isEmpty()) {
      list(about);
      return 0;
    }
    List<Recipe> chosen = all ? Cookbook.recipes() : ids.stream().map(this::find).toList();
    checkTimeline(chosen);
    if (chosen.isEmpty()) {
      list(Cookbook.recipes());
      return 0;
    }
    if (source) {
      chosen.forEach(recipe -> System.out.println(recipe.source()));
      return 0;
    }
    List<String> failed = runAll(chosen);
    if (!failed.isEmpty()) {
      System.err.println(failed.size() + " of " + chosen.size() + " recipes failed: " + String.join(", ", failed));
    }
    return failed.isEmpty() && writeTimeline(chosen) ? 0 : 1;
  }

  private void checkTimeline(List<Recipe> chosen) {
    if (timeline.recorder() != null && (source || chosen.size() != 1 || !(chosen.getFirst() instanceof RecordedRecipe))) {
      throw new ParameterException(spec.commandLine(), "--timeline needs one recipe that records one, and runs it: " + String
          .join(" or ", Cookbook.recipes().stream().filter(RecordedRecipe.class::isInstance).map(Recipe::id).toList()));
    }
  }

  private boolean writeTimeline(List<Recipe> chosen) {
    return !(chosen.getFirst() instanceof RecordedRecipe recorded) || timeline.recorder() == null
        || timeline.write(spec.commandLine().getOut(), recorded.timeline(), chosen.getFirst().title(),
            chosen.getFirst().notice());
  }

  private static List<String> runAll(List<Recipe> chosen) {
    return chosen.stream().filter(recipe -> !run(recipe)).map(Recipe::id).toList();
  }

  private Recipe find(String id) {
    try {
      return Cookbook.find(id);
    } catch (IllegalArgumentException unknown) {
      throw new ParameterException(spec.commandLine(), String.valueOf(unknown.getMessage()), unknown);
    }
  }

  private static boolean isId(String text) {
    return text.matches("[A-Za-z]\\d\\d");
  }

  private static void list(List<Recipe> recipes) {
    for (Recipe recipe : recipes) {
      System.out.println(styled("@|bold " + recipe.id() + "|@  ") + recipe.title());
    }
    String first = recipes.getFirst().id();
    System.out.println();
    System.out.println("Run one:       heddle cookbook " + first);
    System.out.println("See its code:  heddle cookbook " + first + " --source");
    System.out.println("Search:        heddle cookbook WORD");
  }

  /** The paragraphs of the notice; the lines in the source are longer than those of many terminals. */
  private static Stream<String> notice(Recipe recipe) {
    int width = Math.clamp(Terminal.size().columns() - 6, 20, 75);
    return Stream.of(recipe.notice().strip().split("\\n{2,}")).flatMap(
        paragraph -> Terminal.wrap(paragraph.replaceAll("\\s*\\n\\s*", " "), width).stream());
  }

  /** Runs a recipe and prints its failure; returns whether it succeeded. */
  private static boolean run(Recipe recipe) {
    PrintStream out = System.out;
    out.println(styled("@|bold " + recipe.id() + "|@  ") + recipe.title());
    notice(recipe).forEach(line -> out.println("     " + line));
    Terminal.wrap("Python: " + recipe.note().python().replace("`", ""), 75).forEach(line -> out.println("     " + line));
    out.println("     Notes " + recipe.id().charAt(0) + ": " + recipe.note().section());
    out.println();
    try {
      recipe.run(out);
      out.println();
      return true;
    } catch (Exception failure) {
      if (failure instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      out.flush();
      System.err.println("heddle cookbook: recipe " + recipe.id() + " failed:");
      failure.printStackTrace();
      return false;
    }
  }

  private static String styled(String markup) {
    return (Terminal.isOut() ? Ansi.ON : Ansi.OFF).string(markup);
  }
}
