package com.visitorcount.local;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;

/** The house: imports run one way, and only the handlers meet the real world. */
@AnalyzeClasses(
    packages = "com.visitorcount",
    importOptions = {ImportOption.DoNotIncludeTests.class})
final class HouseRulesTest {
  private static final String[] CORE = {
    "com.visitorcount.page..",
    "com.visitorcount.view..",
    "com.visitorcount.visitor..",
    "com.visitorcount.counter.."
  };
  private static final String[] LAMBDA_HTTP = {
    "com.visitorcount.http..", "com.visitorcount.badge.."
  };
  private static final String WEB = "com.visitorcount.web..";
  private static final String INCREMENT = "com.visitorcount.increment..";
  private static final String READ = "com.visitorcount.read..";
  private static final String LOCAL = "com.visitorcount.local..";

  @ArchTest
  static final ArchRule nothingSeesLocal =
      noClasses()
          .that(not(resideInAnyPackage(LOCAL)))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(LOCAL);

  @ArchTest
  static final ArchRule theCoreKnowsNoHttpAndNoLambda =
      noClasses()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(LAMBDA_HTTP)
                  .or(resideInAnyPackage(INCREMENT, READ, WEB))
                  .or(resideInAnyPackage("com.amazonaws..", "com.fasterxml.."))
                  .or(resideInAPackage("software.amazon.lambda..")));

  @ArchTest
  static final ArchRule theHttpKitKnowsNoFunction =
      noClasses()
          .that()
          .resideInAnyPackage(LAMBDA_HTTP)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(INCREMENT, READ);

  @ArchTest
  static final ArchRule filesKnowNothing =
      noClasses()
          .that()
          .resideInAPackage(WEB)
          .should()
          .dependOnClassesThat(
              resideInAPackage("com.visitorcount..").and(not(resideInAnyPackage(WEB))));

  @ArchTest
  static final ArchRule noFunctionSeesAnother =
      slices().matching("com.visitorcount.(increment|read)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("com.visitorcount.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule endpointsKnowNoVendor =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Endpoint")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.amazonaws..", "software.amazon..");

  @ArchTest
  static final ArchRule onlyTheCounterKnowsDynamoDb =
      noClasses()
          .that()
          .resideOutsideOfPackages("com.visitorcount.counter..", LOCAL)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon.awssdk..");

  @ArchTest
  static final ArchRule onlyHandlersMeetTheRealWorld =
      noClasses()
          .that(not(simpleNameEndingWith("Handler")))
          .and()
          .resideOutsideOfPackage(LOCAL)
          .should()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class)
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Random.class);

  @ArchTest
  static final ArchRule namesSayWhatThingsAre =
      noClasses().should().haveNameMatching(".*(Impl|Manager|Util|Utils|Service|DTO|Dto|Helper)");

  @ArchTest
  static final ArchRule exceptionsAreNamedSo =
      classes()
          .that()
          .areAssignableTo(Exception.class)
          .should()
          .haveSimpleNameEndingWith("Exception");
}
