package io.llmplatform.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.contracts.event.ModelEvent;
import io.llmplatform.contracts.http.Role;
import io.llmplatform.contracts.secret.SecretBox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigAssemblerTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private final SecretBox box = new SecretBox(new byte[32]);
    private final ConfigAssembler assembler = new ConfigAssembler(box);

    @Test
    void anOlderRecordNeverReplacesANewerOne() {
        assertThat(assembler.put(new ConfigRecord.User("usr_1", 5, false, Role.MEMBER, null, null, null, null)))
                .isTrue();
        assertThat(assembler.put(new ConfigRecord.User("usr_1", 4, true, Role.MEMBER, null, null, null, null)))
                .isFalse();
        assertThat(assembler.assemble().user("usr_1")).matches(user -> user != null && !user.active());
    }

    @Test
    void secretsAreOpenedAndASecretThatDoesNotOpenMakesTheProviderUnusable() {
        assembler.put(provider("prv_1", box.seal("top-secret", "prv_1")));
        assembler.put(provider("prv_2", box.seal("stolen", "prv_1")));
        var config = assembler.assemble();
        assertThat(config.provider("prv_1"))
                .matches(provider -> provider != null && provider.usable() && "top-secret".equals(provider.secret()));
        assertThat(config.provider("prv_1").toString()).doesNotContain("top-secret");
        assertThat(config.provider("prv_2")).matches(provider -> provider != null && !provider.usable());
    }

    @Test
    void theSnapshotKeepsRecordsWithSecretsSealedAndForTheOwnerOnly(@TempDir Path directory) throws Exception {
        assembler.put(provider("prv_1", box.seal("top-secret", "prv_1")));
        assembler.put(model("gpt-4o", 2, 1, 1));
        var path = directory.resolve("snapshot");
        var file = new ConfigSnapshotFile(path);
        file.write(assembler.records(), NOW, NOW);
        file.write(assembler.records(), NOW, NOW);
        assertThat(Files.readString(path)).doesNotContain("top-secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(file.read().orElseThrow().records()).containsExactlyElementsOf(assembler.records());

        Files.writeString(path, "{broken");
        assertThat(file.read()).isEmpty();
    }

    @Test
    void ofTwoModelsWithOneNameTheActiveOneCounts() {
        assembler.put(new ConfigRecord.Model("mdl_old", 9, false, "gpt-4o", List.of(), null, null, null, null, NOW));
        assembler.put(new ConfigRecord.Model("mdl_new", 3, true, "gpt-4o", List.of(), null, null, null, null, NOW));
        assertThat(assembler.assemble().model("gpt-4o"))
                .matches(model -> model != null && model.id().equals("mdl_new"));
    }

    private static ConfigRecord.Provider provider(String id, io.llmplatform.contracts.secret.SealedSecret secret) {
        return new ConfigRecord.Provider(id, 1, true, id, "openai", "http://127.0.0.1:1/v1", secret);
    }

    private static ConfigRecord.Model model(String name, long version, int... weights) {
        var deployments = new java.util.ArrayList<ModelEvent.Deployment>();
        for (int i = 0; i < weights.length; i++) {
            deployments.add(new ModelEvent.Deployment("dep_" + i, "prv_1", "up", weights[i], null, null, null, null));
        }
        return new ConfigRecord.Model("mdl_" + name, version, true, name, deployments, null, null, null, null, NOW);
    }
}
