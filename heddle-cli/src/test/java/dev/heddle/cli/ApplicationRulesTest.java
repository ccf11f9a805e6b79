package dev.heddle.cli;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** The rules of structure that {@code HouseRulesTest} has for the libraries, for the applications. */
class ApplicationRulesTest {
  private static final JavaClasses APPLICATIONS = new ClassFileImporter()
      .withImportOption(location -> !location.contains("/test-classes/")) // of a fast build, too
      .importPackages("dev.heddle.cli", "dev.heddle.cookbook", "dev.heddle.benchmarks", "dev.heddle.flags",
          "dev.heddle.images", "dev.heddle.life");

  /** Among the packages below an application's top package; that one starts them and holds what they share. */
  @Test
  void parts_haveNoCycles() {
    assertThat(APPLICATIONS).hasSizeGreaterThan(100);
    slices().matching("dev.heddle.(*).(**)").namingSlices("$1.$2").should().beFreeOfCycles().allowEmptyShould(true)
        .check(APPLICATIONS);
  }
}
