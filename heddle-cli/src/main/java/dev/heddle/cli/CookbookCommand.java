package dev.heddle.cli;

import dev.heddle.cookbook.Cookbook;
import dev.heddle.cookbook.Recipe;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code heddle cookbook}: lists the recipes, runs them, or shows their code. */
@Command(name = "cookbook", description = "Runs small programs, one for each thing that Heddle does; without an ID it lists them.", footer = {
    "",
    "Exit codes: 0 all went well, 1 a recipe failed, 2 wrong usage.",
    "Example: heddle cookbook D24 && heddle cookbook D24 --source"
})
final class CookbookCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "A recipe's id, such as D24; several run one after the other.")
  private List<String> ids = List.of();

  @Option(names = {"-a", "--all"}, description = "All recipes.")
  private boolean all;

  @Option(names = {"-s", "--source"}, description = "Show the code instead of running it.")
  private boolean source;

  @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this text.")
  void help(boolean asked) {} // picocli does what is to be done

  @Override
  public Integer call() {
    if (all && !ids.isEmpty()) {
      throw new ParameterException(spec.commandLine(),
          "--all and the id " + ids.getFirst() + " exclude each other; give one");
    }
    if (source && !all && ids.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "--source needs an ID, or --all");
    }
    List<Recipe> chosen = all ? Cookbook.recipes() : ids.stream().map(this::find).toList();
    if (chosen.isEmpty()) {
      list();
      return 0;
    }
    if (source) {
      chosen.forEach(recipe -> System.out.println(recipe.source()));
      return 0;
    }
    List<String> failed = chosen.stream().filter(recipe -> !runs(recipe)).map(Recipe::id).toList();
    if (!failed.isEmpty()) {
      System.err.println(failed.size() + " of " + chosen.size() + " recipes failed: " + String.join(", ", failed));
    }
    return failed.isEmpty() ? 0 : 1;
  }

  private Recipe find(String id) {
    try {
      return Cookbook.find(id);
    } catch (IllegalArgumentException unknown) {
      throw new ParameterException(spec.commandLine(), String.valueOf(unknown.getMessage()), unknown);
    }
  }

  private static void list() {
    for (Recipe recipe : Cookbook.recipes()) {
      System.out.println(styled("@|bold " + recipe.id() + "|@  ") + recipe.title());
    }
    System.out.println();
    System.out.println("Run one:       heddle cookbook " + Cookbook.recipes().getFirst().id());
    System.out.println("See its code:  heddle cookbook " + Cookbook.recipes().getFirst().id() + " --source");
  }

  /** Runs a recipe; one that fails does not keep the others from running. */
  private static boolean runs(Recipe recipe) {
    PrintStream out = System.out;
    out.println(styled("@|bold " + recipe.id() + "|@  ") + recipe.title());
    recipe.notice().lines().flatMap(line -> Terminal.wrap(line, 75).stream()).forEach(line -> out.println("     " + line));
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
