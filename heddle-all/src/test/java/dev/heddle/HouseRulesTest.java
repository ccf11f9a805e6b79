package dev.heddle;

import static com.tngtech.archunit.lang.conditions.ArchConditions.accessField;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.heddle.asyncio.AsyncioException;
import dev.heddle.codec.TaskEncoder;
import dev.heddle.futures.Executor;
import dev.heddle.iter.Iter;
import dev.heddle.process.ProcessException;
import dev.heddle.queue.QueueException;
import dev.heddle.subprocess.SubprocessException;
import dev.heddle.timeline.Timeline;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rules of structure, for the library modules that this artifact brings together. */
class HouseRulesTest {
  private static final JavaClasses LIBRARY = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .importPackagesOf(
          Iter.class,
          Timeline.class,
          Executor.class,
          AsyncioException.class,
          SubprocessException.class,
          QueueException.class,
          TaskEncoder.class,
          ProcessException.class);

  /** The parts are the packages below a module's API; the API refers to parts, and parts use its types (docs/adr/0016). */
  @Test
  void parts_haveNoCycles() {
    slices().matching("dev.heddle.(*).(**)").namingSlices("$1.$2").should().beFreeOfCycles().check(LIBRARY);
  }

  @Test
  void libraryModules_useTheJdkAndJSpecifyAlone() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.heddle..", "java..", "jdk.jfr..", "org.jspecify.annotations..")
        .because("a dependency on Heddle brings no other libraries")
        .check(LIBRARY);
  }

  @Test
  void iter_dependsOnNothingAboveIt() {
    noClasses()
        .that()
        .resideInAPackage("dev.heddle.iter..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.heddle.futures..")
        .check(LIBRARY);
  }

  @Test
  void libraryModules_doNotPrint() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.heddle.process.ForwardedOutput")
        .should(accessField(System.class, "out"))
        .orShould(accessField(System.class, "err"))
        .because("only the CLI and the cookbook print, and what workers print is passed on")
        .check(LIBRARY);
  }

  @Test
  void packages_sayWhatMayBeNull() {
    classes().should(beInANullMarkedPackage()).check(LIBRARY);
  }

  private static ArchCondition<JavaClass> beInANullMarkedPackage() {
    return new ArchCondition<>("be in a @NullMarked package") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        boolean marked = item.getSimpleName().equals("package-info")
            || item.getPackage().tryGetPackageInfo().map(it -> it.isAnnotatedWith(NullMarked.class)).orElse(false);
        events.add(new SimpleConditionEvent(item, marked, item.getName() + " stands in " + item.getPackageName()));
      }
    };
  }
}
