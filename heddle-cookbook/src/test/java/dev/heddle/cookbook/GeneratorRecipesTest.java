package dev.heddle.cookbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.heddle.iter.Generator;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The outcomes of the rows about iterators, generators and itertools. */
@Timeout(60)
final class GeneratorRecipesTest {
  private static final String[] WORDS = {"Do", "today", "what", "you", "could", "do", "tomorrow"};

  @Test
  void a01_walkedByHand_hasEachLetterThenAClearEnd() throws Exception {
    Output out = Output.of(new A01WalkAString());

    assertThat(out.lines()).hasSize(28);
    assertThat(out.lines().subList(0, 26)).containsExactly(A01WalkAString.LETTERS.split(""));
    assertThat(out.lines().get(26)).contains("has run to its end");
    assertThat(out.lines().get(27)).isEqualTo(A01WalkAString.LETTERS);
  }

  @Test
  void a02_eighthWord_isTheEnd() throws Exception {
    Output out = Output.of(new A02WordSplitter());

    assertThat(out.lines().getFirst()).isEqualTo("WordSplit([Do, today, what, you, could, do, tomorrow])");
    assertThat(out.lines().subList(1, 8)).containsExactly(WORDS);
    assertThat(out.lines().getLast()).isEqualTo("Stopped iteration: all 7 words are through.");
  }

  @Test
  void a02_inALoop_isLikeAnyIterator() {
    assertThat(new A02WordSplitter.WordSplitter(A02WordSplitter.TEXT)).toIterable().containsExactly(WORDS);
  }

  @Test
  void a03_splitWords_isIterableAgainAndAgain() throws Exception {
    Iterable<String> words = A03WordSplitGenerator.splitWords(A02WordSplitter.TEXT);

    for (int i = 0; i < 3; i++) {
      assertThat(words).containsExactly(WORDS);
    }
    assertThat(Output.of(new A03WordSplitGenerator()).lines())
        .startsWith(WORDS)
        .endsWith("Do today what you could do tomorrow ");
  }

  @Test
  void a03_eighthWord_isTheEnd() {
    var words = A03WordSplitGenerator.splitWords(A02WordSplitter.TEXT).iterator();
    for (String word : WORDS) {
      assertThat(words.next()).isEqualTo(word);
    }
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(words::next);
  }

  @Test
  void a04_bodyAndCaller_alternate() throws Exception {
    assertThat(Output.of(new A04StopAndResume()).lines())
        .containsExactly(
            "Start", "A Point. ", "-".repeat(30), "continue", "B Point. ", "-".repeat(30),
            "Start", "A Point. ", "continue", "B Point. ", "End");
  }

  @Test
  void a05_list_runsTheBodyFirst_iteratorWhenAsked() throws Exception {
    assertThat(Output.of(new A05EagerAndLazy()).lines())
        .containsExactly(
            "Start", "continue", "End",
            "-".repeat(50),
            "A Point. A Point. A Point. ", "B Point. B Point. B Point. ",
            "-".repeat(50),
            "Start", "A Point. A Point. A Point. ", "continue", "B Point. B Point. B Point. ", "End");
  }

  @Test
  void a06_crawlers_alternateAndRememberWhereTheyStopped() throws Exception {
    assertThat(Output.of(new A06CrawlersTakingTurns()).lines())
        .containsExactly(
            "Naver: page 1, 5 links so far",
            "Daum: page 1, 4 links so far",
            "Naver: page 2, 15 links so far",
            "Daum: page 2, 12 links so far",
            "Naver: page 3, 30 links so far",
            "Daum: page 3, 24 links so far");
  }

  @Test
  void a07_takeWhile_has400Values() throws Exception {
    Output out = Output.of(new A07CountAndTakeWhile());

    assertThat(out.lines().subList(0, 5)).containsExactly("1.0", "3.5", "6.0", "8.5", "-".repeat(30));
    String[] below1000 = String.join(" ", out.lines().subList(5, out.lines().size())).split(" ");
    assertThat(below1000).hasSize(400).startsWith("1.0", "3.5", "6.0").endsWith("996.0", "998.5");
  }

  @Test
  void a08_filterFalseAndAccumulate_areAsInPython() throws Exception {
    Output out = Output.of(new A08FilterFalseAndAccumulate());

    assertThat(out.lines()).hasSize(103).startsWith("3", "4", "5", "1", "3", "6", "10").endsWith("4950", "5050");
  }

  @Test
  void a09_chain_isAsInPython() throws Exception {
    assertThat(Output.of(new A09Chain()).lines())
        .containsExactly("[A, B, C, D, E, 1, 3, 5, 7, 9]", "[(0, A), (1, B), (2, C), (3, D), (4, E)]");
  }

  @Test
  void a10_product_hasFiveRowsThenAllPairsInOrder() throws Exception {
    assertThat(Output.of(new A10Product()).lines())
        .containsExactly(
            "[[A], [B], [C], [D], [E]]",
            "[[A, A], [A, B], [A, C], [A, D], [A, E], [B, A], [B, B], [B, C], [B, D], [B, E], [C, A], [C, B], [C, C],"
                + " [C, D], [C, E], [D, A], [D, B], [D, C], [D, D], [D, E], [E, A], [E, B], [E, C], [E, D], [E, E]]");
  }

  @Test
  void a11_groupBy_findsTheRuns() throws Exception {
    assertThat(Output.of(new A11GroupBy()).lines())
        .containsExactly(
            "A  :  [A, A, A]", "B  :  [B, B]", "C  :  [C, C, C, C]", "D  :  [D, D]", "E  :  [E, E, E]");
  }

  @Test
  void a15_yieldFrom_equalsTheLoops() throws Exception {
    assertThat(Output.of(new A15YieldFrom()).lines()).containsExactly("[A, B, 1, 2, 3]", "[A, B, 1, 2, 3]");
    Generator<Object> generator = A15YieldFrom.generator2();
    assertThat(generator.next()).isEqualTo("A");
    assertThat(generator.toList()).containsExactly("B", 1, 2, 3);
  }
}
