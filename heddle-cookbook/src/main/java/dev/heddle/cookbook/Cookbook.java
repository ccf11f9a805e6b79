package dev.heddle.cookbook;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** All recipes. */
public final class Cookbook {
  private static final List<Recipe> RECIPES = List.of(
      new A01WalkAString(),
      new A02WordSplitter(),
      new A03WordSplitGenerator(),
      new A04StopAndResume(),
      new A05EagerAndLazy(),
      new A06CrawlersTakingTurns(),
      new A07CountAndTakeWhile(),
      new A08FilterFalseAndAccumulate(),
      new A09Chain(),
      new A10Product(),
      new A11GroupBy(),
      new A12SendToACoroutine(),
      new A13SendBeforePriming(),
      new A14TwoWayExchange(),
      new A15YieldFrom(),
      new A20SumsByMap(),
      new A21SumsByProcesses(),
      new A22WaitWithTimeout(),
      new A23AsCompleted(),
      new B31BlockingInCoroutines(),
      new B32RunInExecutor(),
      new B33AsCompletedCoroutines(),
      new B34ResponsiveLoop(),
      new B35QueueOfCoroutines(),
      new B36WorkerModels(),
      new B37OneLockForAll(),
      new C16Minimize(),
      new C17GameOfLife(),
      new C18DelegationByHand(),
      new C29GreatestCommonDivisors(),
      new C30Factorize(),
      new C38ReadAChildsOutput(),
      new C39PollAChild(),
      new C40TenSleeps(),
      new C41FeedAChild(),
      new C42ChainChildren(),
      new C43TimeOutOfAChild(),
      new C44BlockingCalls(),
      new C45LockingCounter(),
      new C46PollingPipeline(),
      new C47BlockingQueue(),
      new C48StoppableWorkers(),
      new D19Submit(),
      new D24WaitingForEachOther(),
      new D25WaitingOnOwnPool(),
      new D26StatesOfFutures(),
      new E27Loiter(),
      new E28LifeOfAFuture(),
      new E49FlagsOneByOne(),
      new E50FlagsByMap(),
      new E51FlagsAsync(),
      new E52FlagsAsCompleted(),
      new E53PracticalDownloader(),
      new E54FlagsByProcesses());

  private static final int NEAREST = 3;
  private static final int LONGEST_ID = 3; // a longer argument is a word

  private Cookbook() {}

  /** The recipes in the order of their ids. */
  public static List<Recipe> recipes() {
    return RECIPES;
  }

  /**
   * Returns the recipe with an id.
   *
   * @param id in upper or lower case
   * @throws IllegalArgumentException if there is none; its message names similar ids, or recipes whose titles contain the
   *     word
   */
  public static Recipe find(String id) {
    return RECIPES.stream()
        .filter(recipe -> recipe.id().equalsIgnoreCase(id))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(
                "there is no recipe '" + id + "'; " + nearest(id) + "; without an id all are listed"));
  }

  private static String nearest(String typed) {
    String wanted = typed.toUpperCase(Locale.ROOT);
    if (wanted.length() > LONGEST_ID) {
      List<Recipe> about = RECIPES.stream()
          .filter(recipe -> recipe.title().toUpperCase(Locale.ROOT).contains(wanted))
          .limit(NEAREST)
          .toList();
      if (!about.isEmpty()) {
        return "recipes about that: " + titled(about);
      }
    }
    List<Recipe> near = RECIPES.stream()
        .filter(recipe -> distance(wanted, recipe.id()) < LONGEST_ID) // they share a character
        .sorted(Comparator.comparingInt(recipe -> distance(wanted, recipe.id()))) // stable: ids stay in order
        .limit(NEAREST)
        .toList();
    return near.isEmpty()
        ? "ids range from " + RECIPES.getFirst().id() + " to " + RECIPES.getLast().id()
        : "similar ids: " + titled(near);
  }

  private static String titled(List<Recipe> recipes) {
    return recipes.stream().map(recipe -> recipe.id() + " (" + recipe.title() + ")").collect(Collectors.joining(", "));
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
