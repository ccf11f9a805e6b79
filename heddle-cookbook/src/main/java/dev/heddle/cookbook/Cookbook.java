package dev.heddle.cookbook;

import java.util.List;

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
      new A24SumsOnACluster(),
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
      new E54FlagsByProcesses(),
      new F55Crawler(),
      new F56LogCount(),
      new F57LegacyReports(),
      new F58ApiClient(),
      new F59NightlyJob());

  private static final RecipeSearch SEARCH = new RecipeSearch(RECIPES);

  private Cookbook() {}

  /** The recipes in the order of their ids. */
  public static List<Recipe> recipes() {
    return RECIPES;
  }

  /** Returns the recipes that are about all of the words: they are in the id, the title, the notice or the note. */
  public static List<Recipe> about(List<String> words) {
    return SEARCH.about(words);
  }

  /**
   * Returns the recipe with an id.
   *
   * @param id in upper or lower case
   * @throws IllegalArgumentException if there is none; its message names similar ids, recipes about the word, or similar words
   */
  public static Recipe find(String id) {
    return RECIPES.stream()
        .filter(recipe -> recipe.id().equalsIgnoreCase(id))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(
                "there is no recipe '" + id + "'; " + SEARCH.nearest(id) + "; without an id all are listed"));
  }
}
