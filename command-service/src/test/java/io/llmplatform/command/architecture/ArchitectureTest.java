package io.llmplatform.command.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.axonframework.spring.stereotype.Aggregate;
import org.springframework.web.bind.annotation.RestController;

@AnalyzeClasses(packages = "io.llmplatform", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String US = "io.llmplatform.command..";

    /** ArchUnit fails a rule whose {@code that()} matches nothing; this says which packages must be there at all. */
    @ArchTest
    static void theFeaturesAreThere(JavaClasses classes) {
        var packages =
                classes.stream().map(JavaClass::getPackageName).distinct().toList();
        assertThat(packages)
                .containsAll(List.of(
                                "user",
                                "team",
                                "apikey",
                                "provider",
                                "model",
                                "token",
                                "login",
                                "session",
                                "publish",
                                "write",
                                "bulk",
                                "attempt",
                                "eventstore")
                        .stream()
                        .map(feature -> "io.llmplatform.command." + feature)
                        .toList());
        assertThat(classes.stream().filter(type -> type.isAnnotatedWith(Aggregate.class)))
                .hasSizeGreaterThanOrEqualTo(8);
    }

    @ArchTest
    static final ArchRule ofOursOnlyContracts = noClasses()
            .that()
            .resideInAPackage(US)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.llmplatform.proxy..", "io.llmplatform.projections..", "io.llmplatform.query..");

    @ArchTest
    static final ArchRule noObjectRelationalMapping = noClasses()
            .that()
            .resideInAPackage(US)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.hibernate..", "jakarta.persistence..", "javax.persistence..");

    @ArchTest
    static final ArchRule packagesWithoutCycles =
            slices().matching("io.llmplatform.command.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule aggregatesKnowNeitherHttpNorJdbc = noClasses()
            .that()
            .areAnnotatedWith(Aggregate.class)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.web..", "org.springframework.jdbc..", "java.sql..");

    @ArchTest
    static final ArchRule aggregatesAndControllersAreInternal = classes()
            .that()
            .areAnnotatedWith(Aggregate.class)
            .or()
            .areAnnotatedWith(RestController.class)
            .should()
            .notBePublic();

    @ArchTest
    static void hibernateIsNotEvenOnTheClassPath(JavaClasses classes) {
        assertThat(ArchitectureTest.class.getClassLoader().getResource("org/hibernate/Version.class"))
                .isNull();
    }
}
