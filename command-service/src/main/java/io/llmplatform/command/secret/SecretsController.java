package io.llmplatform.command.secret;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.contracts.secret.SecretBox;
import java.util.List;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Writes under {@code secrets}. */
@RestController
class SecretsController {
    private final List<SealedThings> sealed;
    private final KeyCanary canary;
    private final SecretBox box;

    SecretsController(List<SealedThings> sealed, KeyCanary canary, SecretBox box) {
        this.sealed = sealed;
        this.canary = canary;
        this.box = box;
    }

    /** One command after the other; what is left when it breaks off is done by asking again. */
    @PostMapping("/api/admin/v1/secrets/rewrap")
    Rewrapped rewrap(Caller caller) {
        int count = sealed.stream().mapToInt(things -> things.rewrap(caller)).sum();
        canary.forgetFormer();
        return new Rewrapped(box.currentVersion(), count);
    }

    /** @param keyVersion everything is sealed with it now */
    record Rewrapped(int keyVersion, int rewrapped) {}
}
