package io.llmplatform.proxy.upstream;

import io.llmplatform.contracts.policy.InternalNetworks;
import java.net.InetAddress;

/**
 * Tells whether a provider may live at an address, so that nobody can make the gateway call what only it can reach: itself, its
 * neighbours, the metadata service of a cloud. To be asked about each address that is really connected to, after the name was
 * resolved.
 *
 * @param allowPrivate switches it off: every address will do
 */
public record AddressGuard(boolean allowPrivate) {
    public boolean allows(InetAddress address) {
        return allowPrivate || !InternalNetworks.contains(address);
    }
}
