package dev.heddle.cookbook;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** All recipes. */
public final class Cookbook {
  private static final List<Recipe> RECIPES =
      List.of(
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
          new A22WaitWithTimeout(),
          new A23AsCompleted(),
          new B37OneLockForAll(),
          new C16Minimize(),
          new C17GameOfLife(),
          new C18DelegationByHand(),
          new C44BlockingCalls(),
          new C45LockingCounter(),
          new D19Submit(),
          new D24WaitingForEachOther(),
          new D25WaitingOnOwnPool(),
          new D26StatesOfFutures(),
          new E27Loiter(),
          new E28LifeOfAFuture(),
          new E49FlagsOneByOne(),
          new E50FlagsByMap(),
          new E52FlagsAsCompleted(),
          new E53PracticalDownloader());

  private Cookbook() {}

  /** The recipes in the order of their ids. */
  public static List<Recipe> recipes() {
    return RECIPES;
  }

  /**
   * The recipe with an id.
   *
   * @param id in upper or lower case
   * @throws IllegalArgumentException if there is none; its message names the nearest ids
   */
  public static Recipe find(String id) {
    return RECIPES.stream()
        .filter(recipe -> recipe.id().equalsIgnoreCase(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no recipe '" + id + "'; the nearest are " + nearest(id) + ", and without an id all are listed"));
  }

  private static String nearest(String id) {
    String wanted = id.toUpperCase(Locale.ROOT);
    return RECIPES.stream()
        .map(Recipe::id)
        .sorted(Comparator.comparingInt(known -> distance(wanted, known))) // stable: the order of the ids stays
        .limit(3)
        .collect(Collectors.joining(", "));
  }

  /** How many characters must be put in, left out or replaced to get from one word to the other. */
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
