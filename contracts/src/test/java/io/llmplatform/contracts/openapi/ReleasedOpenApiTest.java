package io.llmplatform.contracts.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients of the last release still work. With a release, or where a break is meant, the documents of now become the ones to
 * compare with: {@code mvn -pl contracts test -Dtest=ReleasedOpenApiTest -Dopenapi.release=true}.
 */
class ReleasedOpenApiTest {
    private static final Path NOW = Path.of("src/main/resources/openapi");
    private static final Path RELEASED = Path.of("src/test/resources/openapi/released");

    @ParameterizedTest
    @ValueSource(strings = {"management.yaml", "data-plane.yaml"})
    void nothingThatWasReleasedIsBroken(String file) throws IOException {
        if (Boolean.getBoolean("openapi.release")) {
            Files.copy(NOW.resolve(file), RELEASED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        var released = document(RELEASED.resolve(file));

        assertThat(released.operations()).hasSizeGreaterThan(5);
        assertThat(BreakingChanges.between(released, document(NOW.resolve(file))))
                .as("breaking changes of " + file + "; see " + getClass().getSimpleName())
                .isEmpty();
    }

    /** The real document, doctored: were the comparison blind for it, the test above would mean nothing. */
    @Test
    void aBreakOfTheRealDocumentIsFound() throws IOException {
        var text = Files.readString(NOW.resolve("management.yaml"));
        var doctored = text.replace("/users/{id}/disable:", "/users/{id}/deactivate:")
                .replace("enum: [past, in_force, coming, corrected]", "enum: [past, in_force, coming]")
                .replace("required: [model_id, rates]", "required: [model_id, rates, effective_from]")
                .replace("previous_until: {type: string", "previously_until: {type: string");

        assertThat(BreakingChanges.between(document(RELEASED.resolve("management.yaml")), Document.of(doctored)))
                .anySatisfy(told -> assertThat(told).isEqualTo("POST /users/{id}/disable: removed"))
                .anySatisfy(told -> assertThat(told).endsWith(".state: value corrected removed"))
                .anySatisfy(told -> assertThat(told).isEqualTo("POST /prices body.effective_from: is required now"))
                .anySatisfy(told -> assertThat(told).endsWith(".previous_until: removed"));
    }

    private static Document document(Path file) throws IOException {
        return Document.of(Files.readString(file));
    }
}
