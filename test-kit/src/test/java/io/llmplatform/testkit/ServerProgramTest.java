package io.llmplatform.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProgramTest {
    private final ServerProgram program = new ServerProgram("kafka", "64m", List.of());

    @Test
    void isFoundFromAnyFolderOfTheRepository() {
        assertThat(program.jar(Path.of("src/test/java").toAbsolutePath()))
                .endsWith(Path.of("infra/embedded/kafka/target/embedded-kafka-server-0.1.0-SNAPSHOT.jar"));
    }

    @Test
    void missingLibrariesAreAFailureThatSaysWhatToRun(@TempDir Path root) throws IOException {
        var target = Files.createDirectories(root.resolve("infra/embedded/kafka/target"));
        Files.createFile(target.resolve("embedded-kafka-server-0.1.0-SNAPSHOT.jar"));
        Files.createDirectories(target.resolve("lib"));
        assertThatThrownBy(() -> program.jar(root))
                .isInstanceOf(ServerFailure.class)
                .hasMessageContaining("embedded kafka server is not built")
                .hasMessageContaining("mvn -f infra/embedded/pom.xml install");
    }

    @Test
    void aServerThatCannotStartShowsItsLastLines(@TempDir Path data) {
        var broken = new ServerProgram("postgres", "64m", List.of("--roles-file=/nowhere"));
        assertThatThrownBy(() -> ServerProcess.start(broken, data, 0))
                .isInstanceOf(ServerFailure.class)
                .hasMessageContaining("did not start")
                .hasMessageContaining("/nowhere");
    }
}
