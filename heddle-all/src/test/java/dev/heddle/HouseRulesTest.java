package dev.heddle;

import static com.tngtech.archunit.lang.conditions.ArchConditions.accessField;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rules of structure, for the library modules that this artifact brings together. */
class HouseRulesTest {
  private static final JavaClasses LIBRARY = new ClassFileImporter().importUrls(LibraryModules.locations());

  /** The packages that a library module exports to every module. */
  private static final Set<String> API = LibraryModules.all()
      .stream()
      .flatMap(module -> LibraryModules.exportedPackages(module).stream())
      .collect(Collectors.toSet());

  /** The parts are the packages below a module's API; the API refers to parts, and parts use its types (docs/adr/0016). */
  @Test
  void parts_haveNoCycles() {
    slices().matching("dev.heddle.(*).(**)").namingSlices("$1.$2").should().beFreeOfCycles().check(LIBRARY);
  }

  /** A user cannot name the types of a part, so no type of the API may ask for one or hand one out. */
  @Test
  void apiSignatures_haveNoTypesOfParts() {
    classes().that(belongToTheApi())
        // Public for generated classes alone; programs neither use nor extend it.
        .and()
        .doNotHaveFullyQualifiedName("dev.heddle.iter.CompiledCoroutine")
        .should(nameNoPartsInSignatures())
        .check(LIBRARY);
  }

  /** Factories, methods that build stages and reports that draw themselves refer to parts; these have no reason to. */
  @Test
  void enumsAndExceptionsOfTheApi_useNoParts() {
    classes().that(belongToTheApi())
        .and(DescribedPredicate.describe("are enums or exceptions",
            type -> type.isEnum() || type.isAssignableTo(Throwable.class)))
        .should()
        .onlyDependOnClassesThat(DescribedPredicate.not(belongToAPart()))
        .check(LIBRARY);
  }

  private static DescribedPredicate<JavaClass> belongToTheApi() {
    return DescribedPredicate.describe("belong to the API", type -> API.contains(type.getPackageName()) && isVisible(type));
  }

  private static boolean isVisible(JavaClass type) {
    return isVisible(type.getModifiers()) && type.getEnclosingClass().map(HouseRulesTest::isVisible).orElse(true);
  }

  private static boolean isVisible(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  private static DescribedPredicate<JavaClass> belongToAPart() {
    return DescribedPredicate.describe("belong to a part of a library module",
        type -> type.getPackageName().startsWith("dev.heddle.") && !type.getPackageName().startsWith("dev.heddle.base")
            && !API.contains(type.getPackageName()));
  }

  private static ArchCondition<JavaClass> nameNoPartsInSignatures() {
    return new ArchCondition<>("name no types of parts in signatures") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        Set<JavaClass> named = new LinkedHashSet<>();
        item.getSuperclass().ifPresent(it -> named.addAll(it.getAllInvolvedRawTypes()));
        item.getInterfaces().forEach(it -> named.addAll(it.getAllInvolvedRawTypes()));
        for (JavaField field : item.getFields()) {
          if (isVisible(field.getModifiers())) {
            named.addAll(field.getType().getAllInvolvedRawTypes());
          }
        }
        for (JavaCodeUnit unit : item.getCodeUnits()) {
          if (isVisible(unit.getModifiers()) && !unit.getModifiers().contains(JavaModifier.SYNTHETIC)) {
            named.addAll(unit.getReturnType().getAllInvolvedRawTypes());
            unit.getParameterTypes().forEach(it -> named.addAll(it.getAllInvolvedRawTypes()));
            named.addAll(unit.getExceptionTypes());
          }
        }
        for (JavaClass type : named) {
          if (belongToAPart().test(type)) {
            events.add(SimpleConditionEvent.violated(item, item.getName() + " names " + type.getName()));
          }
        }
      }
    };
  }

  @Test
  void libraryModules_useTheJdkAndJSpecifyAlone() {
    classes()
        .that()
        .haveNameNotMatching("dev\\.heddle\\.process\\.worker\\.TerminalSignals(\\$.*)?") // sun.misc.Signal, where the JDK has it
        .and()
        .resideOutsideOfPackage("dev.heddle.cluster.hazelcast..") // of an optional module
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.heddle..", "java..", "javax.crypto..", "javax.net.ssl..", "jdk.jfr..",
            "org.jspecify.annotations..")
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
  void dispatcher_knowsWorkersAsChannelsOnly() {
    noClasses()
        .that()
        .resideInAPackage("dev.heddle.dispatch..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.heddle.process..", "dev.heddle.codec..", "java.nio.channels..", "java.net..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName(Process.class.getName())
        .because("engines with other workers and other encodings share it (docs/adr/0017)")
        .check(LIBRARY);
  }

  @Test
  void libraryModules_doNotPrint() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.heddle.process.channel.ForwardedOutput")
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
