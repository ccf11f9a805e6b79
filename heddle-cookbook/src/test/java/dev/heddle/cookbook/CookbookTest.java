package dev.heddle.cookbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CookbookTest {

  @Test
  void recipes_always_areSortedWithoutDuplicates() {
    assertThat(Cookbook.recipes()).extracting(Recipe::id).isSorted().doesNotHaveDuplicates();
    assertThat(Cookbook.recipes()).extracting(Recipe::id).allMatch(id -> id.matches("[A-F]\\d\\d"));
  }

  @Test
  void recipes_always_sayWhatToNoticeInShortLines() {
    assertThat(Cookbook.recipes())
        .allSatisfy(
            recipe -> {
              assertThat(recipe.title()).isNotBlank().hasSizeLessThan(70);
              assertThat(recipe.notice().lines()).isNotEmpty().allSatisfy(line -> assertThat(line).hasSizeLessThan(118));
            });
  }

  @Test
  void source_ofEachRecipe_isItsCode() {
    assertThat(Cookbook.recipes())
        .allSatisfy(recipe -> assertThat(recipe.source()).contains("class " + recipe.getClass().getSimpleName()));
  }

  @Test
  void notes_ofEachRecipe_nameASectionAndThePythonProgram() {
    assertThat(Cookbook.recipes())
        .allSatisfy(
            recipe -> {
              assertThat(recipe.note().section()).isNotBlank();
              assertThat(recipe.note().python()).endsWith(".").hasSizeLessThan(118);
            });
  }

  @Test
  void about_words_findsTitlesNoticesAndPythonsNames() {
    assertThat(Cookbook.about(List.of("deadlock"))).extracting(Recipe::id).containsExactly("D24", "D25");
    assertThat(Cookbook.about(List.of("GIL"))).extracting(Recipe::id).contains("A20", "B37", "C30");
    assertThat(Cookbook.about(List.of("as_completed", "order"))).extracting(Recipe::id).startsWith("A23", "B33");
    assertThat(Cookbook.about(List.of("코루틴"))).extracting(Recipe::id).contains("B35");
    assertThat(Cookbook.about(List.of("zebra"))).isEmpty();
  }

  @Test
  void find_lowerCase_isTheSame() {
    assertThat(Cookbook.find("d24").id()).isEqualTo("D24");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "D2A | similar ids: D24 (Two tasks that wait for each other), D25 (",
      "C9 | similar ids: C29 (",
      "queue | recipes about that: B35 (",
      "ZZ | ids range from A01 to F59",
      "deadlok | did you mean 'deadlock' (D24, D25)?",
      "quue | did you mean 'queue' (",
      "zebra | ids range from A01 to F59",
  })
  void find_unknown_namesTheNearest(String id, String hint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cookbook.find(id))
        .withMessageContainingAll("there is no recipe '" + id + "'; " + hint, "; without an id all are listed");
  }
}
