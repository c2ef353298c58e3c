package io.llmplatform.contracts;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Rules fail when their pattern matches no class (ArchUnit's default), so none of them can be empty. */
@AnalyzeClasses(packages = "io.llmplatform", importOptions = ImportOption.DoNotIncludeTests.class)
class ContractsArchitectureTest {
    @ArchTest
    static final ArchRule dependOnNothingOfOursAndOnNoFramework = noClasses()
            .that()
            .resideInAPackage("io.llmplatform.contracts..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.llmplatform.command..",
                    "io.llmplatform.proxy..",
                    "io.llmplatform.projections..",
                    "io.llmplatform.query..",
                    "org.springframework..",
                    "org.axonframework..",
                    "io.vertx..",
                    "jakarta..");

    @ArchTest
    static final ArchRule packagesHaveNoCircles =
            slices().matching("io.llmplatform.contracts.(*)..").should().beFreeOfCycles();
}
