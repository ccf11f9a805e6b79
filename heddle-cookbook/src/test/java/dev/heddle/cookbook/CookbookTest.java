package dev.heddle.cookbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class CookbookTest {

  @Test
  void recipes_always_areSortedWithoutDuplicates() {
    assertThat(Cookbook.recipes()).extracting(Recipe::id).isSorted().doesNotHaveDuplicates();
    assertThat(Cookbook.recipes()).extracting(Recipe::id).allMatch(id -> id.matches("[A-E]\\d\\d"));
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
  void find_lowerCase_isTheSame() {
    assertThat(Cookbook.find("d24").id()).isEqualTo("D24");
  }

  @Test
  void find_unknown_namesTheNearest() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cookbook.find("D2A"))
        .withMessageContaining("'D2A'")
        .withMessageContaining("D24, D25, D26");
  }
}
