package io.llmplatform.query;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.llmplatform.query");

    @Test
    void dependsOnContractsAloneOfOurs() {
        assertThat(CLASSES).hasSizeGreaterThan(30);
        assertThat(CLASSES.stream()
                        .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
                        .filter(d -> d.getTargetClass().getPackageName().startsWith("io.llmplatform.contracts")))
                .isNotEmpty();
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("io.llmplatform..")
                        .and(resideOutsideOfPackages("io.llmplatform.contracts..", "io.llmplatform.query..")))
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.llmplatform.query.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }
}
