package folder

import "golang.org/x/sys/unix"

// networkKinds are the file systems, by their numbers in linux/magic.h, that
// others change without this machine hearing of it. FUSE is among them because
// of sshfs, rclone and davfs.
var networkKinds = map[int64]string{
	unix.NFS_SUPER_MAGIC: "NFS", unix.SMB_SUPER_MAGIC: "SMB", unix.SMB2_SUPER_MAGIC: "SMB", unix.CIFS_SUPER_MAGIC: "SMB",
	unix.FUSE_SUPER_MAGIC: "FUSE", unix.V9FS_MAGIC: "9P", unix.AFS_SUPER_MAGIC: "AFS", unix.AFS_FS_MAGIC: "AFS",
	unix.CODA_SUPER_MAGIC: "Coda", unix.CEPH_SUPER_MAGIC: "Ceph",
}

// networkMount reports whether a folder lies on a file system of another machine,
// and which kind it is.
func networkMount(dir string) (kind string, remote bool) {
	var stat unix.Statfs_t
	if err := unix.Statfs(dir, &stat); err != nil {
		return "", false
	}
	kind, remote = networkKinds[int64(stat.Type)] //nolint:unconvert // 32 bits wide on some machines
	return kind, remote
}
