package io.llmplatform.command.claim;

import io.llmplatform.command.refusal.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Claims in memory, without transactions. */
public final class FakeClaims implements NameClaims {
    private final Map<String, String> owners = new HashMap<>();

    @Override
    public void claim(Kind kind, String name, String ownerId) {
        var former = owners.putIfAbsent(kind + " " + kind.normalised(name), ownerId);
        if (former != null) {
            throw new Refusal.NameTaken(kind.label(), kind.field(), name);
        }
    }

    @Override
    public void release(Kind kind, String ownerId) {
        owners.entrySet()
                .removeIf(entry -> entry.getKey().startsWith(kind + " ")
                        && entry.getValue().equals(ownerId));
    }

    @Override
    public Optional<String> ownerOf(Kind kind, String name) {
        return Optional.ofNullable(owners.get(kind + " " + kind.normalised(name)));
    }

    @Override
    public boolean isOwner(Kind kind, String ownerId) {
        return owners.entrySet().stream()
                .anyMatch(entry -> entry.getKey().startsWith(kind + " ")
                        && entry.getValue().equals(ownerId));
    }

    @Override
    public Optional<String> nameOf(Kind kind, String ownerId) {
        return owners.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(kind + " ")
                        && entry.getValue().equals(ownerId))
                .map(entry -> entry.getKey().substring((kind + " ").length()))
                .findFirst();
    }

    @Override
    public List<String> owners(Kind kind) {
        return owners.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(kind + " "))
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
    }
}
