//! Hosts, sockets, homes and limits of the system.
