package io.llmplatform.contracts.personal;

import io.llmplatform.contracts.secret.AesGcm;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Personal values in the JSON of an event: {@code {subject, clear}} in memory ({@link io.llmplatform.contracts.event.Personal}),
 * {@code {subject, sealed}} in store and topic, where {@code sealed} is AES-256-GCM under the subject's key, base64. Events from
 * before the sealing hold the clear form; both are read.
 */
public final class PersonalData {
    /** What stands in place of a value that nobody can open any more. */
    public static final String ERASED = "erased";

    private static final String SUBJECT = "subject";
    private static final String CLEAR = "clear";
    private static final String SEALED = "sealed";

    private PersonalData() {}

    /** Seals every personal value in the tree, in place. What is erased already tells nothing and needs no key. */
    public static void seal(JsonNode tree, Function<String, byte[]> keyOf) {
        walk(tree, CLEAR, personal -> {
            if (personal.get(CLEAR).stringValue().equals(ERASED)) {
                return;
            }
            var subject = personal.get(SUBJECT).stringValue();
            var clear = personal.remove(CLEAR).stringValue();
            personal.put(SEALED, sealed(clear, subject, keyOf.apply(subject)));
        });
    }

    /** Opens every sealed value in the tree, in place; {@link #ERASED} where the key is gone or is not the one. */
    public static void open(JsonNode tree, PersonKeys keys) {
        walk(tree, SEALED, personal -> open(personal, keys));
    }

    /** Likewise; false when a value could not be opened. */
    public static boolean openAll(JsonNode tree, PersonKeys keys) {
        var all = new AtomicBoolean(true);
        walk(tree, SEALED, personal -> {
            if (!open(personal, keys)) {
                all.set(false);
            }
        });
        return all.get();
    }

    private static boolean open(ObjectNode personal, PersonKeys keys) {
        var subject = personal.get(SUBJECT).stringValue();
        var sealed = personal.remove(SEALED).stringValue();
        var clear = keys.find(subject).flatMap(key -> decrypted(sealed, subject, key));
        personal.put(CLEAR, clear.orElse(ERASED));
        return clear.isPresent();
    }

    /** Whose values are sealed in the tree. */
    public static Set<String> subjects(JsonNode tree) {
        var subjects = new LinkedHashSet<String>();
        walk(tree, SEALED, personal -> subjects.add(personal.get(SUBJECT).stringValue()));
        return subjects;
    }

    private static void walk(JsonNode node, String form, Consumer<ObjectNode> found) {
        if (node instanceof ObjectNode object
                && object.size() == 2
                && object.path(SUBJECT).isString()
                && object.path(form).isString()) {
            found.accept(object);
        } else {
            node.forEach(child -> walk(child, form, found));
        }
    }

    /** One value on its own, base64. */
    public static String sealed(String clear, String subject, byte[] key) {
        try {
            var sealed = AesGcm.of(key).encrypt(clear.getBytes(StandardCharsets.UTF_8), aad(subject));
            return Base64.getEncoder().encodeToString(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing personal data of " + subject + " failed", e);
        }
    }

    /** {@link #ERASED} when it was sealed under another key. */
    public static String opened(String sealed, String subject, byte[] key) {
        return decrypted(sealed, subject, key).orElse(ERASED);
    }

    private static Optional<String> decrypted(String sealed, String subject, byte[] key) {
        try {
            return Optional.of(new String(
                    AesGcm.of(key).decrypt(Base64.getDecoder().decode(sealed), aad(subject)), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] aad(String subject) {
        return subject.getBytes(StandardCharsets.UTF_8);
    }
}
