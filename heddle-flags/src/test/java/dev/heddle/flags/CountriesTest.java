package dev.heddle.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CountriesTest {

  @Test
  void known_codesOfTheImages() {
    assertThat(Countries.known()).hasSizeGreaterThan(240).containsAll(Countries.POP20).isSorted().doesNotContain("XX", "ZZ");
  }

  @Test
  void pop20_twentyDifferentOnes() {
    assertThat(Countries.POP20).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void everyPair_allOfThem() {
    assertThat(Countries.everyPair()).hasSize(676).startsWith("AA", "AB").endsWith("ZY", "ZZ");
  }

  @Test
  void expand_letter_knownCodesThatBeginWithIt() {
    assertThat(Countries.expand(List.of("j"))).containsExactly("JE", "JM", "JO", "JP");
  }

  @Test
  void expand_codesInAnyCaseAndOrder_sortedAndOnce() {
    assertThat(Countries.expand(List.of("us", "BR", "Us"))).containsExactly("BR", "US");
  }

  @Test
  void expand_unknownCode_saysWhatThereIs() {
    assertThatThrownBy(() -> Countries.expand(List.of("BR", "jx")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'jx'")
        .hasMessageContaining("JE JM JO JP");
  }

  @Test
  void expand_letterWithoutCountries_saysSo() {
    assertThatThrownBy(() -> Countries.expand(List.of("X1"))).hasMessageContaining("two letters")
        .hasMessageContaining("'X1'");
    assertThatThrownBy(() -> Countries.expand(List.of("brazil"))).hasMessageContaining("'brazil'");
    assertThatThrownBy(() -> Countries.expand(List.of(""))).hasMessageContaining("''");
  }

  @Test
  void name_country() {
    assertThat(Countries.name("BR")).isEqualTo("Brazil");
  }
}
