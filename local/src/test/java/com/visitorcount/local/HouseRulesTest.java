package com.visitorcount.local;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;

/** The house rules: imports run one way, and only handlers access the outside world. */
@AnalyzeClasses(
    packages = "com.visitorcount",
    importOptions = {ImportOption.DoNotIncludeTests.class, HouseRulesTest.NoTestJars.class})
final class HouseRulesTest {
  /** Excludes other modules' tests, some of which this module's tests use. */
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  private static final String[] CORE = {
    "com.visitorcount.hash..",
    "com.visitorcount.page..",
    "com.visitorcount.view..",
    "com.visitorcount.visitor..",
    "com.visitorcount.counter.."
  };
  private static final String ROW = "com.visitorcount.history.row..";
  private static final String STATISTICS = "com.visitorcount.history.statistics..";
  private static final String COLUMN = "com.visitorcount.history.column..";

  /** What reads and writes the table, without the packages within. */
  private static final String TABLE = "com.visitorcount.history";

  private static final String HISTORY = "com.visitorcount.history..";
  private static final String LAKE = "com.visitorcount.lake..";
  private static final String[] LAMBDA_HTTP = {
    "com.visitorcount.http..", "com.visitorcount.badge.."
  };
  private static final String WEB = "com.visitorcount.web..";
  private static final String INCREMENT = "com.visitorcount.increment..";
  private static final String READ = "com.visitorcount.read..";
  private static final String ROLLUP = "com.visitorcount.rollup..";
  private static final String CLI = "com.visitorcount.cli..";
  private static final String SAM = "com.visitorcount.sam..";
  private static final String LOCAL = "com.visitorcount.local..";

  @ArchTest
  static final ArchRule nothingSeesLocal =
      noClasses()
          .that(not(resideInAnyPackage(LOCAL)))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(LOCAL);

  @ArchTest
  static final ArchRule onlyTheLocalRunSeesTheRunner =
      noClasses()
          .that(not(resideInAnyPackage(SAM, LOCAL)))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(SAM);

  @ArchTest
  static final ArchRule theRunnerKnowsNoProduct =
      noClasses()
          .that()
          .resideInAPackage(SAM)
          .should()
          .dependOnClassesThat(
              resideInAPackage("com.visitorcount..").and(not(resideInAnyPackage(SAM))));

  @ArchTest
  static final ArchRule theCoreKnowsNoHttpAndNoLambda =
      noClasses()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(LAMBDA_HTTP)
                  .or(resideInAPackage(HISTORY))
                  .or(resideInAnyPackage(INCREMENT, READ, ROLLUP, WEB))
                  .or(resideInAnyPackage("com.amazonaws..", "com.fasterxml.."))
                  .or(resideInAPackage("software.amazon.lambda..")));

  @ArchTest
  static final ArchRule historyKnowsNoHttpAndNoLambda =
      noClasses()
          .that()
          .resideInAPackage(HISTORY)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(LAMBDA_HTTP)
                  .or(resideInAnyPackage(INCREMENT, READ, ROLLUP, WEB))
                  .or(resideInAPackage("com.amazonaws.."))
                  .or(resideInAPackage("software.amazon.lambda..")));

  @ArchTest
  static final ArchRule theLakeKnowsNoHttpNoLambdaAndNoBucket =
      noClasses()
          .that()
          .resideInAPackage(LAKE)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(LAMBDA_HTTP)
                  .or(resideInAnyPackage(INCREMENT, READ, ROLLUP, WEB, CLI))
                  .or(resideInAnyPackage("com.amazonaws..", "software.amazon.."))
                  .or(resideInAPackage("java.net..")));

  @ArchTest
  static final ArchRule onlyTheHourlyRunAndTheProgramSeeTheLake =
      noClasses()
          .that(not(resideInAnyPackage(LAKE, ROLLUP, CLI, LOCAL)))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(LAKE);

  @ArchTest
  static final ArchRule theProgramKnowsTablesOnly =
      noClasses()
          .that()
          .resideInAPackage(CLI)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(LAMBDA_HTTP)
                  .or(resideInAnyPackage(INCREMENT, READ, ROLLUP, WEB))
                  .or(resideInAPackage("com.amazonaws..")));

  @ArchTest
  static final ArchRule nothingSeesTheProgram =
      noClasses()
          .that(not(resideInAnyPackage(CLI, LOCAL)))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(CLI);

  @ArchTest
  static final ArchRule rowsKnowNothingOfWhatIsMadeOfThem =
      noClasses()
          .that()
          .resideInAPackage(ROW)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(COLUMN, STATISTICS, TABLE);

  @ArchTest
  static final ArchRule statisticsKnowNoTable =
      noClasses()
          .that()
          .resideInAPackage(STATISTICS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(TABLE);

  @ArchTest
  static final ArchRule countingSeesNoHistory =
      noClasses()
          .that()
          .resideInAPackage(INCREMENT)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(HISTORY);

  @ArchTest
  static final ArchRule theHttpKitKnowsNoFunction =
      noClasses()
          .that()
          .resideInAnyPackage(LAMBDA_HTTP)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(HISTORY, INCREMENT, READ, ROLLUP);

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
      slices()
          .matching("com.visitorcount.(increment|read|rollup)..")
          .should()
          .notDependOnEachOther();

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
  static final ArchRule onlyTablesAndTheirStreamKnowDynamoDb =
      noClasses()
          .that(not(simpleNameEndingWith("Handler")))
          .and()
          .resideOutsideOfPackages("com.visitorcount.counter..", HISTORY, ROLLUP, CLI, SAM, LOCAL)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon.awssdk..");

  @ArchTest
  static final ArchRule onlyHandlersMeetTheRealWorld =
      noClasses()
          .that(not(simpleNameEndingWith("Handler")))
          .and()
          .resideOutsideOfPackages(CLI, SAM, LOCAL)
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
